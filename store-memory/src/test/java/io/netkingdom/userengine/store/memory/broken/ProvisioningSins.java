package io.netkingdom.userengine.store.memory.broken;

import io.netkingdom.userengine.store.AuditDraft;
import io.netkingdom.userengine.store.AuditSubject;
import io.netkingdom.userengine.store.Email;
import io.netkingdom.userengine.store.ExternalId;
import io.netkingdom.userengine.store.FederatedIdentity;
import io.netkingdom.userengine.store.FederatedIdentityDraft;
import io.netkingdom.userengine.store.FederatedIdentityRepository;
import io.netkingdom.userengine.store.ImportOptions;
import io.netkingdom.userengine.store.ImportReport;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.RowOutcome;
import io.netkingdom.userengine.store.SignIn;
import io.netkingdom.userengine.store.SignInChanges;
import io.netkingdom.userengine.store.SignInResult;
import io.netkingdom.userengine.store.SignedInUser;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.UserRepository;
import io.netkingdom.userengine.store.UserRow;
import io.netkingdom.userengine.store.adapter.EngineTransaction;
import io.netkingdom.userengine.store.adapter.StorageEngine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** What goes wrong at sign-in, and with many users at once. */
final class ProvisioningSins {

  private ProvisioningSins() {}

  static List<BrokenStore> all() {
    return List.of(
        new EverySignInCreates(),
        new SignInLinksByName(),
        new SignInLinksByEmail(),
        new LastSeenIsAChange(),
        new OnlyChangesAreAudited(),
        new EverySignInIsAnnounced(),
        new SignInKeepsTheUser(),
        new SignInActivates(),
        new SuspensionIsLiftedAfterwards(),
        new SignInTakesTheName(),
        new SignInTakesTheExternalId(),
        new SignInDropsTheExternalId(),
        new SignInDropsTheDisplayName(),
        new SignInEmptiesTheDisplayName(),
        new SignInDropsTheEmails(),
        new SignInDropsVerified(),
        new SignInDropsPrimary(),
        new EverySignInMayChangeTheProfile(),
        new SignInCommitsAlone(),
        new ImportReadsEverythingFirst(),
        new BadRowEndsTheBatch(),
        new BatchIsSorted(),
        new RejectionNamesTheUserName(),
        new RejectionRepeatsTheValue(),
        new ImportTouchesEverybody(),
        new SourceIsReadOnce(),
        new StrictKeepsItsBatches(),
        new BatchIsSmaller(),
        new ImportCommitsAlone(),
        new SourceErrorsAreWrapped(),
        new NullRowsAreSkipped(),
        new ManyLinksLoseTheAlias(),
        new ErasureIsAuditedInBigTenants());
  }

  /** A sin of signing in. */
  private abstract static class SignInSin extends BrokenStore {
    abstract SignInResult signIn(Repositories records, SignIn signIn);

    @Override
    final FederatedIdentityRepository identities(Repositories records) {
      return new ForwardingIdentities(records.identities()) {
        @Override
        public SignInResult signIn(SignIn signIn) {
          return SignInSin.this.signIn(records, signIn);
        }
      };
    }
  }

  private static boolean isUnchanged(SignInResult result) {
    return result instanceof SignInResult.SignedIn signedIn
        && signedIn.signedIn() instanceof UpsertResult.Unchanged<SignedInUser>;
  }

  private static final class EverySignInCreates extends SignInSin {
    EverySignInCreates() {
      kills("UPS-05", "the same sign-in again: expected Unchanged");
      kills("UPS-06", "how many of the concurrent sign-ins created the user");
    }

    @Override
    SignInResult signIn(Repositories records, SignIn signIn) {
      SignInResult honest = records.identities().signIn(signIn);
      return honest instanceof SignInResult.SignedIn signedIn
          ? new SignInResult.SignedIn(new UpsertResult.Created<>(signedIn.signedIn().record()))
          : honest;
    }
  }

  private static final class SignInLinksByName extends SignInSin {
    SignInLinksByName() {
      kills("UPS-12", "a sign-in: expected Conflict");
    }

    @Override
    SignInResult signIn(Repositories records, SignIn signIn) {
      linkTo(records, records.users().findByUserName(signIn.user().userName()), signIn);
      return records.identities().signIn(signIn);
    }
  }

  private static final class SignInLinksByEmail extends SignInSin {
    SignInLinksByEmail() {
      kills("UPS-12", "somebody with the e-mail address of a user is another user");
    }

    @Override
    SignInResult signIn(Repositories records, SignIn signIn) {
      signIn.user().emails().stream()
          .flatMap(email -> records.users().findByEmail(email.address()).stream())
          .findFirst()
          .ifPresent(user -> linkTo(records, Optional.of(user), signIn));
      return records.identities().signIn(signIn);
    }
  }

  private static void linkTo(Repositories records, Optional<User> user, SignIn signIn) {
    if (user.isPresent() && records.identities().find(signIn.identity()).isEmpty()) {
      records.identities().link(FederatedIdentityDraft.of(user.get().id(), signIn.identity()));
    }
  }

  private static final class LastSeenIsAChange extends SignInSin {
    LastSeenIsAChange() {
      kills("UPS-11", "a sign-in that differs in its time only: expected Unchanged");
    }

    @Override
    SignInResult signIn(Repositories records, SignIn signIn) {
      SignInResult honest = records.identities().signIn(signIn);
      return isUnchanged(honest)
          ? new SignInResult.SignedIn(new UpsertResult.Updated<>(honest.signedIn().record()))
          : honest;
    }
  }

  private static final class OnlyChangesAreAudited extends SignInSin {
    OnlyChangesAreAudited() {
      kills("UPS-10", "audit records after a sign-in that changes nothing");
      kills("UPS-11", "lastSeen after it");
    }

    @Override
    SignInResult signIn(Repositories records, SignIn signIn) {
      Optional<User> user = records.identities().findUser(signIn.identity());
      Optional<FederatedIdentity> link = records.identities().find(signIn.identity());
      return user.isPresent() && user.get().asDraft().equals(signIn.user().withId(user.get().id()))
          ? new SignInResult.SignedIn(
              new UpsertResult.Unchanged<>(new SignedInUser(user.get(), link.orElseThrow())))
          : records.identities().signIn(signIn);
    }
  }

  private static final class EverySignInIsAnnounced extends SignInSin {
    EverySignInIsAnnounced() {
      kills("UPS-10", "outbox records after a sign-in that changes nothing");
      kills("MOD-02", "but this history ends otherwise");
    }

    @Override
    SignInResult signIn(Repositories records, SignIn signIn) {
      SignInResult honest = records.identities().signIn(signIn);
      if (isUnchanged(honest)) {
        records.outbox().append(signIn.event(honest.signedIn().record().user(), false));
      }
      return honest;
    }
  }

  private static final class SignInKeepsTheUser extends SignInSin {
    SignInKeepsTheUser() {
      kills("UPS-05", "a sign-in with other attributes: expected Updated");
    }

    @Override
    SignInResult signIn(Repositories records, SignIn signIn) {
      UserDraft user =
          records.identities().findUser(signIn.identity()).map(User::asDraft).orElse(signIn.user());
      return records
          .identities()
          .signIn(
              new SignIn(
                  signIn.identity(),
                  signIn.providerAlias(),
                  user,
                  signIn.mayChange(),
                  signIn.requestId(),
                  signIn.details(),
                  signIn.payload()));
    }
  }

  /** Gives the user something before it signs in. */
  private abstract static class ChangesTheUser extends SignInSin {
    abstract User changed(User user, SignIn signIn);

    @Override
    SignInResult signIn(Repositories records, SignIn signIn) {
      records
          .identities()
          .findUser(signIn.identity())
          .ifPresent(user -> records.users().update(changed(user, signIn)));
      return records.identities().signIn(signIn);
    }
  }

  private static final class SignInActivates extends ChangesTheUser {
    SignInActivates() {
      kills("SGN-01", "the sign-in of an active user");
      kills("SGN-02", "unexpected Conflict (userName");
    }

    @Override
    User changed(User user, SignIn signIn) {
      return user.withActive(signIn.user().active());
    }
  }

  private static final class SuspensionIsLiftedAfterwards extends SignInSin {
    SuspensionIsLiftedAfterwards() {
      kills("SGN-01", "the suspended user");
      kills("SGN-06", "whether the user is active after both");
    }

    @Override
    SignInResult signIn(Repositories records, SignIn signIn) {
      SignInResult honest = records.identities().signIn(signIn);
      if (honest instanceof SignInResult.Suspended) {
        records
            .identities()
            .findUser(signIn.identity())
            .ifPresent(user -> records.users().update(user.withActive(true)));
      }
      return honest;
    }
  }

  private static final class SignInTakesTheName extends ChangesTheUser {
    SignInTakesTheName() {
      kills("SGN-03", "unexpected Conflict (userName");
    }

    @Override
    User changed(User user, SignIn signIn) {
      return user.withUserName(signIn.user().userName().value());
    }
  }

  private static final class SignInTakesTheExternalId extends ChangesTheUser {
    SignInTakesTheExternalId() {
      kills("SGN-03", "unexpected Conflict (externalId");
    }

    @Override
    User changed(User user, SignIn signIn) {
      ExternalId externalId = signIn.user().externalId();
      return externalId == null ? user : user.withExternalId(externalId.value());
    }
  }

  private static final class SignInDropsTheExternalId extends ChangesTheUser {
    SignInDropsTheExternalId() {
      kills("SGN-05", "the external id that was left out");
    }

    @Override
    User changed(User user, SignIn signIn) {
      return signIn.user().externalId() == null ? user.withExternalId(null) : user;
    }
  }

  private static final class SignInDropsTheDisplayName extends ChangesTheUser {
    SignInDropsTheDisplayName() {
      kills("SGN-05", "the display name that was left out");
    }

    @Override
    User changed(User user, SignIn signIn) {
      return signIn.user().displayName() == null ? user.withDisplayName(null) : user;
    }
  }

  private static final class SignInEmptiesTheDisplayName extends ChangesTheUser {
    SignInEmptiesTheDisplayName() {
      kills("SGN-05", "the display name that was claimed empty");
    }

    @Override
    User changed(User user, SignIn signIn) {
      return "".equals(signIn.user().displayName()) ? user.withDisplayName("") : user;
    }
  }

  private static final class SignInDropsTheEmails extends ChangesTheUser {
    SignInDropsTheEmails() {
      kills("SGN-05", "the addresses that were left out");
    }

    @Override
    User changed(User user, SignIn signIn) {
      return signIn.user().emails().isEmpty() ? user.withEmails(List.of()) : user;
    }
  }

  private static final class SignInDropsVerified extends ChangesTheUser {
    SignInDropsVerified() {
      kills("SGN-05", "the address that is claimed again");
    }

    @Override
    User changed(User user, SignIn signIn) {
      return user.withEmails(
          signIn.user().emails().isEmpty()
              ? user.emails()
              : user.emails().stream()
                  .map(email -> new Email(email.address(), false, email.primary()))
                  .toList());
    }
  }

  private static final class SignInDropsPrimary extends ChangesTheUser {
    SignInDropsPrimary() {
      kills("SGN-05", "the address that is claimed again");
    }

    @Override
    User changed(User user, SignIn signIn) {
      return user.withEmails(
          signIn.user().emails().isEmpty()
              ? user.emails()
              : user.emails().stream()
                  .map(email -> new Email(email.address(), email.verified(), false))
                  .toList());
    }
  }

  private static final class EverySignInMayChangeTheProfile extends SignInSin {
    EverySignInMayChangeTheProfile() {
      kills("SGN-04", "a sign-in that may change nothing");
    }

    @Override
    SignInResult signIn(Repositories records, SignIn signIn) {
      return records
          .identities()
          .signIn(
              signIn.mayChange() == SignInChanges.NOTHING
                  ? signIn.withMayChange(SignInChanges.PROFILE)
                  : signIn);
    }
  }

  private static final class SignInCommitsAlone extends BrokenStore {
    SignInCommitsAlone() {
      kills("UPS-13", "users, links, audit and outbox records");
    }

    @Override
    StorageEngine engine(StorageEngine engine) {
      return new ForwardingEngine(engine) {
        @Override
        public EngineTransaction begin(TenantId tenant, TransactionOptions options) {
          return new ForwardingTransaction(honest.begin(tenant, options)) {
            @Override
            public FederatedIdentityRepository identities() {
              return new ForwardingIdentities(super.identities()) {
                @Override
                public SignInResult signIn(SignIn signIn) {
                  return engine.single(
                      tenant, false, options, records -> records.identities().signIn(signIn));
                }
              };
            }
          };
        }
      };
    }
  }

  /** A sin of importing. */
  private abstract static class ImportSin extends BrokenStore {
    abstract ImportReport importUsers(
        UserEngineStore honest,
        TenantId tenant,
        Iterable<? extends UserRow> source,
        ImportOptions options);

    @Override
    final UserEngineStore store(UserEngineStore store) {
      return new ForwardingStore(store) {
        @Override
        public ImportReport importUsers(
            TenantId tenant, Iterable<? extends UserRow> source, ImportOptions options) {
          return ImportSin.this.importUsers(honest, tenant, source, options);
        }
      };
    }
  }

  private static List<UserRow> rows(Iterable<? extends UserRow> source) {
    List<UserRow> rows = new ArrayList<>();
    source.forEach(rows::add);
    return rows;
  }

  private static final class ImportReadsEverythingFirst extends ImportSin {
    ImportReadsEverythingFirst() {
      kills("BLK-01", "no row is read before all rows of earlier batches were told of");
    }

    @Override
    ImportReport importUsers(
        UserEngineStore honest,
        TenantId tenant,
        Iterable<? extends UserRow> source,
        ImportOptions options) {
      return honest.importUsers(tenant, rows(source), options);
    }
  }

  private static final class SourceIsReadOnce extends ImportSin {
    SourceIsReadOnce() {
      kills("BLK-06", "the report of the run that was committed");
    }

    @Override
    ImportReport importUsers(
        UserEngineStore honest,
        TenantId tenant,
        Iterable<? extends UserRow> source,
        ImportOptions options) {
      List<Iterator<? extends UserRow>> once = new ArrayList<>();
      Iterable<UserRow> rest =
          () -> {
            if (once.isEmpty()) {
              once.add(source.iterator());
            }
            List<UserRow> unread = new ArrayList<>();
            once.get(0).forEachRemaining(unread::add);
            return unread.iterator();
          };
      return honest.importUsers(tenant, rest, options);
    }
  }

  private static final class StrictKeepsItsBatches extends ImportSin {
    StrictKeepsItsBatches() {
      kills("BLK-07", "users: expected 1");
    }

    @Override
    ImportReport importUsers(
        UserEngineStore honest,
        TenantId tenant,
        Iterable<? extends UserRow> source,
        ImportOptions options) {
      return options.strict()
          ? honest.importUsers(
              tenant,
              source,
              new ImportOptions(
                  false,
                  options.batchSize(),
                  (index, outcome) -> {
                    if (outcome instanceof RowOutcome.Rejected rejected) {
                      throw new StoreException.RowRejected(
                          index, rejected.field(), rejected.reason());
                    }
                  }))
          : honest.importUsers(tenant, source, options);
    }
  }

  private static final class ImportCommitsAlone extends ImportSin {
    ImportCommitsAlone() {
      kills("BLK-09", "users after it was rolled back");
    }

    @Override
    ImportReport importUsers(
        UserEngineStore honest,
        TenantId tenant,
        Iterable<? extends UserRow> source,
        ImportOptions options) {
      try {
        return CompletableFuture.supplyAsync(
                () -> honest.importUsers(tenant, source, options),
                command -> new Thread(command).start())
            .join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw e;
      }
    }
  }

  private static final class SourceErrorsAreWrapped extends ImportSin {
    SourceErrorsAreWrapped() {
      kills("BLK-10", "what a source throws reaches the caller unchanged");
    }

    @Override
    ImportReport importUsers(
        UserEngineStore honest,
        TenantId tenant,
        Iterable<? extends UserRow> source,
        ImportOptions options) {
      try {
        return honest.importUsers(tenant, source, options);
      } catch (IllegalStateException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static final class NullRowsAreSkipped extends ImportSin {
    NullRowsAreSkipped() {
      kills("BLK-11", "importing a row that is null: expected NullPointerException");
    }

    @Override
    ImportReport importUsers(
        UserEngineStore honest,
        TenantId tenant,
        Iterable<? extends UserRow> source,
        ImportOptions options) {
      List<UserRow> rows = new ArrayList<>();
      for (UserRow row : source) {
        if (row != null) {
          rows.add(row);
        }
      }
      return honest.importUsers(tenant, rows, options);
    }
  }

  /** A sin of storing a batch. */
  private abstract static class BatchSin extends BrokenStore {
    abstract List<RowOutcome> upsertAll(UserRepository honest, List<UserDraft> drafts);

    @Override
    final UserRepository users(Repositories records) {
      return new ForwardingUsers(records.users()) {
        @Override
        public List<RowOutcome> upsertAll(List<UserDraft> drafts) {
          return BatchSin.this.upsertAll(honest, drafts);
        }
      };
    }

    static List<RowOutcome> rejections(
        List<RowOutcome> outcomes, UnaryOperator<RowOutcome.Rejected> as) {
      return outcomes.stream()
          .map(each -> each instanceof RowOutcome.Rejected rejected ? as.apply(rejected) : each)
          .toList();
    }
  }

  private static final class BadRowEndsTheBatch extends BatchSin {
    BadRowEndsTheBatch() {
      kills("BLK-02", "unexpected Conflict");
    }

    @Override
    List<RowOutcome> upsertAll(UserRepository honest, List<UserDraft> drafts) {
      List<RowOutcome> outcomes = new ArrayList<>();
      drafts.forEach(draft -> outcomes.add(new RowOutcome.Stored(honest.upsert(draft))));
      return outcomes;
    }
  }

  /** As against deadlocks. */
  private static final class BatchIsSorted extends BatchSin {
    BatchIsSorted() {
      kills("BLK-03", "of a batch, as if upserted after the ones before it");
      kills("MOD-02", "upsert all of");
    }

    @Override
    List<RowOutcome> upsertAll(UserRepository honest, List<UserDraft> drafts) {
      List<Integer> order =
          IntStream.range(0, drafts.size())
              .boxed()
              .sorted(Comparator.comparing(i -> drafts.get(i).userName().key()))
              .toList();
      List<RowOutcome> sorted = honest.upsertAll(order.stream().map(drafts::get).toList());
      List<RowOutcome> outcomes = new ArrayList<>(sorted);
      for (int i = 0; i < order.size(); i++) {
        outcomes.set(order.get(i), sorted.get(i));
      }
      return outcomes;
    }
  }

  private static final class RejectionNamesTheUserName extends BatchSin {
    RejectionNamesTheUserName() {
      kills("BLK-04", "the rejected rows and their fields");
    }

    @Override
    List<RowOutcome> upsertAll(UserRepository honest, List<UserDraft> drafts) {
      return rejections(
          honest.upsertAll(drafts),
          rejected -> new RowOutcome.Rejected("userName", rejected.reason()));
    }
  }

  private static final class RejectionRepeatsTheValue extends BatchSin {
    RejectionRepeatsTheValue() {
      kills("BLK-04", "the reason is told, without the value");
    }

    @Override
    List<RowOutcome> upsertAll(UserRepository honest, List<UserDraft> drafts) {
      return rejections(
          honest.upsertAll(drafts),
          rejected -> new RowOutcome.Rejected(rejected.field(), "taken: " + drafts));
    }
  }

  private static final class ImportTouchesEverybody extends BatchSin {
    ImportTouchesEverybody() {
      kills("BLK-05", "the same import again");
    }

    @Override
    List<RowOutcome> upsertAll(UserRepository honest, List<UserDraft> drafts) {
      return honest.upsertAll(drafts).stream()
          .map(
              each ->
                  each instanceof RowOutcome.Stored stored
                          && stored.result() instanceof UpsertResult.Unchanged<User> same
                      ? new RowOutcome.Stored(new UpsertResult.Updated<>(same.record()))
                      : each)
          .toList();
    }
  }

  private static final class BatchIsSmaller extends BatchSin {
    BatchIsSmaller() {
      kills("BLK-08", "unexpected InvalidInput");
    }

    @Override
    List<RowOutcome> upsertAll(UserRepository honest, List<UserDraft> drafts) {
      if (drafts.size() > 999) {
        throw new StoreException.InvalidInput("batch", "has more than 999 rows");
      }
      return honest.upsertAll(drafts);
    }
  }

  /** Nobody thinks of this one by himself. */
  private static final class ManyLinksLoseTheAlias extends BrokenStore {
    ManyLinksLoseTheAlias() {
      kills("MOD-01", "but this history ends otherwise");
    }

    @Override
    FederatedIdentityRepository identities(Repositories records) {
      return new ForwardingIdentities(records.identities()) {
        @Override
        public UpsertResult<FederatedIdentity> link(FederatedIdentityDraft draft) {
          boolean many = honest.findByUser(draft.userId()).size() > 1;
          return honest.link(many ? FederatedIdentityDraft.of(draft.userId(), draft.key()) : draft);
        }
      };
    }
  }

  /** Nor of this one. */
  private static final class ErasureIsAuditedInBigTenants extends BrokenStore {
    ErasureIsAuditedInBigTenants() {
      kills("MOD-02", "but this history ends otherwise");
    }

    @Override
    UserRepository users(Repositories records) {
      return new ForwardingUsers(records.users()) {
        @Override
        public boolean erase(UserId id) {
          boolean erased = honest.erase(id);
          if (erased && records.groups().list(PageRequest.of(2)).items().size() == 2) {
            AuditSubject user = AuditSubject.user(id);
            records.audit().append(AuditDraft.of(user, "user.erased", user));
          }
          return erased;
        }
      };
    }
  }
}
