package io.netkingdom.userengine.store.memory.broken;

import static io.netkingdom.userengine.store.memory.broken.FaultyStore.fault;
import static io.netkingdom.userengine.store.memory.broken.FaultyStore.identities;

import io.netkingdom.userengine.store.AuditDraft;
import io.netkingdom.userengine.store.AuditSubject;
import io.netkingdom.userengine.store.Email;
import io.netkingdom.userengine.store.ExternalId;
import io.netkingdom.userengine.store.FederatedIdentity;
import io.netkingdom.userengine.store.FederatedIdentityDraft;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.SignIn;
import io.netkingdom.userengine.store.SignInChanges;
import io.netkingdom.userengine.store.SignInResult;
import io.netkingdom.userengine.store.SignedInUser;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** What goes wrong at sign-in, and what only random histories find. */
final class SignInFaults {

  private SignInFaults() {}

  static List<FaultyStore> all() {
    return List.of(
        signIn(
                "EverySignInCreates",
                (records, signIn) -> {
                  SignInResult honest = records.identities().signIn(signIn);
                  return honest instanceof SignInResult.SignedIn signedIn
                      ? new SignInResult.SignedIn(Results.asCreated(signedIn.signedIn()))
                      : honest;
                })
            .mustFail("UPS-05", "the same sign-in again: expected Unchanged")
            .mustFail("UPS-06", "how many of the concurrent sign-ins created the user"),
        signIn(
                "SignInLinksByName",
                (records, signIn) -> {
                  linkTo(records, records.users().findByUserName(signIn.user().userName()), signIn);
                  return records.identities().signIn(signIn);
                })
            .mustFail("UPS-12", "a sign-in: expected Conflict"),
        signIn(
                "SignInLinksByEmail",
                (records, signIn) -> {
                  Optional<User> holder =
                      signIn.user().emails().stream()
                          .flatMap(email -> records.users().findByEmail(email.address()).stream())
                          .findFirst();
                  linkTo(records, holder, signIn);
                  return records.identities().signIn(signIn);
                })
            .mustFail("UPS-12", "somebody with the e-mail address of a user is another user"),
        signIn(
                "LastSeenIsAChange",
                (records, signIn) -> {
                  SignInResult honest = records.identities().signIn(signIn);
                  return isUnchanged(honest)
                      ? new SignInResult.SignedIn(
                          new UpsertResult.Updated<>(honest.signedIn().record()))
                      : honest;
                })
            .mustFail("UPS-11", "a sign-in that differs in its time only: expected Unchanged"),
        signIn("OnlyChangesAreAudited", SignInFaults::withoutTrace)
            .mustFail("UPS-10", "audit records after a sign-in that changes nothing")
            .mustFail("UPS-11", "lastSeen after it"),
        signIn(
                "EverySignInIsAnnounced",
                (records, signIn) -> {
                  SignInResult honest = records.identities().signIn(signIn);
                  if (isUnchanged(honest)) {
                    records.outbox().append(signIn.event(honest.signedIn().record().user(), false));
                  }
                  return honest;
                })
            .mustFail("UPS-10", "outbox records after a sign-in that changes nothing")
            .mustFail("MOD-02", "but this history ends otherwise"),
        signIn(
                "SignInKeepsTheUser",
                (records, signIn) -> {
                  Optional<User> user = records.identities().findUser(signIn.identity());
                  return records
                      .identities()
                      .signIn(user.map(it -> with(signIn, it.asDraft())).orElse(signIn));
                })
            .mustFail("UPS-05", "a sign-in with other attributes: expected Updated"),
        changing("SignInActivates", (user, claims) -> user.withActive(claims.active()))
            .mustFail("SGN-01", "the sign-in of an active user")
            .mustFail("SGN-02", "unexpected Conflict (userName"),
        signIn(
                "SuspensionIsLiftedAfterwards",
                (records, signIn) -> {
                  SignInResult honest = records.identities().signIn(signIn);
                  if (honest instanceof SignInResult.Suspended) {
                    records
                        .identities()
                        .findUser(signIn.identity())
                        .ifPresent(user -> records.users().update(user.withActive(true)));
                  }
                  return honest;
                })
            .mustFail("SGN-01", "the suspended user")
            .mustFail("SGN-06", "whether the user is active after both"),
        changing(
                "SignInTakesTheName",
                (user, claims) -> user.withUserName(claims.userName().value()))
            .mustFail("SGN-03", "unexpected Conflict (userName"),
        changing(
                "SignInTakesTheExternalId",
                (user, claims) -> {
                  ExternalId externalId = claims.externalId();
                  return externalId == null ? user : user.withExternalId(externalId.value());
                })
            .mustFail("SGN-03", "unexpected Conflict (externalId"),
        changing(
                "SignInDropsTheExternalId",
                (user, claims) -> claims.externalId() == null ? user.withExternalId(null) : user)
            .mustFail("SGN-05", "the external id that was left out"),
        changing(
                "SignInDropsTheDisplayName",
                (user, claims) -> claims.displayName() == null ? user.withDisplayName(null) : user)
            .mustFail("SGN-05", "the display name that was left out"),
        changing(
                "SignInEmptiesTheDisplayName",
                (user, claims) -> "".equals(claims.displayName()) ? user.withDisplayName("") : user)
            .mustFail("SGN-05", "the display name that was claimed empty"),
        changing(
                "SignInDropsTheEmails",
                (user, claims) -> claims.emails().isEmpty() ? user.withEmails(List.of()) : user)
            .mustFail("SGN-05", "the addresses that were left out"),
        changing(
                "SignInDropsVerified",
                (user, claims) ->
                    claims.emails().isEmpty()
                        ? user
                        : withEmails(user, it -> new Email(it.address(), false, it.primary())))
            .mustFail("SGN-05", "the address that is claimed again"),
        changing(
                "SignInDropsPrimary",
                (user, claims) ->
                    claims.emails().isEmpty()
                        ? user
                        : withEmails(user, it -> new Email(it.address(), it.verified(), false)))
            .mustFail("SGN-05", "the address that is claimed again"),
        identities("EverySignInMayChangeTheProfile")
            .signIn(
                (honest, signIn) ->
                    honest.signIn(
                        signIn.mayChange() == SignInChanges.NOTHING
                            ? signIn.withMayChange(SignInChanges.PROFILE)
                            : signIn))
            .mustFail("SGN-04", "a sign-in that may change nothing"),
        fault("SignInCommitsAlone")
            .transaction(
                tx ->
                    tx.identities()
                        .signIn(
                            (own, signIn) ->
                                tx.alone(records -> records.identities().signIn(signIn))))
            .mustFail("UPS-13", "users, links, audit and outbox records"),
        // Nobody thinks of this one by himself.
        identities("ManyLinksLoseTheAlias")
            .link(
                (honest, draft) ->
                    honest.link(
                        honest.findByUser(draft.userId()).size() > 1
                            ? FederatedIdentityDraft.of(draft.userId(), draft.key())
                            : draft))
            .mustFail("MOD-01", "but this history ends otherwise"),
        // Nor of this one.
        fault("ErasureIsAuditedInBigTenants")
            .records(
                (records, calls) ->
                    calls
                        .users()
                        .erase(
                            (honest, id) -> {
                              boolean erased = honest.erase(id);
                              if (erased
                                  && records.groups().list(PageRequest.of(2)).items().size() == 2) {
                                AuditSubject user = AuditSubject.user(id);
                                records.audit().append(AuditDraft.of(user, "user.erased", user));
                              }
                              return erased;
                            }))
            .mustFail("MOD-02", "but this history ends otherwise"));
  }

  /** Signs in otherwise, with all records at hand. */
  private static FaultyStore signIn(
      String name, BiFunction<Repositories, SignIn, SignInResult> answer) {
    return fault(name)
        .records(
            (records, calls) ->
                calls.identities().signIn((honest, signIn) -> answer.apply(records, signIn)));
  }

  /** Gives the user something of what the issuer claims before it signs in. */
  private static FaultyStore changing(String name, BiFunction<User, UserDraft, User> change) {
    return signIn(
        name,
        (records, signIn) -> {
          records
              .identities()
              .findUser(signIn.identity())
              .ifPresent(user -> records.users().update(change.apply(user, signIn.user())));
          return records.identities().signIn(signIn);
        });
  }

  private static SignInResult withoutTrace(Repositories records, SignIn signIn) {
    Optional<User> user = records.identities().findUser(signIn.identity());
    Optional<FederatedIdentity> link = records.identities().find(signIn.identity());
    return user.isPresent() && user.get().asDraft().equals(signIn.user().withId(user.get().id()))
        ? new SignInResult.SignedIn(
            new UpsertResult.Unchanged<>(new SignedInUser(user.get(), link.orElseThrow())))
        : records.identities().signIn(signIn);
  }

  private static boolean isUnchanged(SignInResult result) {
    return result instanceof SignInResult.SignedIn signedIn
        && signedIn.signedIn() instanceof UpsertResult.Unchanged<SignedInUser>;
  }

  private static void linkTo(Repositories records, Optional<User> user, SignIn signIn) {
    if (user.isPresent() && records.identities().find(signIn.identity()).isEmpty()) {
      records.identities().link(FederatedIdentityDraft.of(user.get().id(), signIn.identity()));
    }
  }

  private static SignIn with(SignIn signIn, UserDraft user) {
    return new SignIn(
        signIn.identity(),
        signIn.providerAlias(),
        user,
        signIn.mayChange(),
        signIn.requestId(),
        signIn.details(),
        signIn.payload());
  }

  private static User withEmails(User user, UnaryOperator<Email> change) {
    return user.withEmails(user.emails().stream().map(change).toList());
  }
}
