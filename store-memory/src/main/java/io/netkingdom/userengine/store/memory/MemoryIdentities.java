package io.netkingdom.userengine.store.memory;

import io.netkingdom.userengine.store.FederatedIdentity;
import io.netkingdom.userengine.store.FederatedIdentityDraft;
import io.netkingdom.userengine.store.FederatedIdentityRepository;
import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.SignIn;
import io.netkingdom.userengine.store.SignInResult;
import io.netkingdom.userengine.store.SignedInUser;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Federated identities, in a transaction. */
record MemoryIdentities(MemoryTransaction tx) implements FederatedIdentityRepository {

  @Override
  public UpsertResult<FederatedIdentity> link(FederatedIdentityDraft draft) {
    TenantRecords records = tx.lockAndRead();
    if (records.users().find(draft.userId()) == null) {
      throw new StoreException.UnknownReference("userId");
    }
    FederatedIdentity stored = records.identities().find(draft.key());
    if (stored == null) {
      return new UpsertResult.Created<>(
          store(
              records,
              new FederatedIdentity(
                  draft.userId(), draft.key(), draft.providerAlias(), tx.now(), null)));
    }
    if (!stored.userId().equals(draft.userId())) {
      throw new StoreException.Conflict("identity");
    }
    if (Objects.equals(stored.providerAlias(), draft.providerAlias())) {
      return new UpsertResult.Unchanged<>(stored);
    }
    return new UpsertResult.Updated<>(
        store(records, edited(stored, draft.providerAlias(), stored.lastSeen())));
  }

  private FederatedIdentity store(TenantRecords records, FederatedIdentity identity) {
    tx.write(records.withIdentities(records.identities().plus(identity)));
    return identity;
  }

  private static FederatedIdentity edited(
      FederatedIdentity stored, @Nullable String providerAlias, @Nullable Instant lastSeen) {
    return new FederatedIdentity(
        stored.userId(), stored.key(), providerAlias, stored.created(), lastSeen);
  }

  @Override
  public SignInResult signIn(SignIn signIn) {
    TenantRecords records = tx.lockAndRead();
    FederatedIdentity link = records.identities().find(signIn.identity());
    return link == null ? firstSignIn(records, signIn) : signInAgain(records, link, signIn);
  }

  private SignInResult firstSignIn(TenantRecords records, SignIn signIn) {
    Instant now = tx.now();
    User user = MemoryUsers.newUser(signIn.user(), now);
    FederatedIdentity link =
        new FederatedIdentity(
            user.id(), signIn.identity(), signIn.providerAlias(), now, user.active() ? now : null);
    TenantRecords changed =
        records
            .withUsers(records.users().insert(user))
            .withIdentities(records.identities().plus(link));
    tx.write(withEvent(withAudit(changed, signIn, user, now), signIn, user, true, now));
    return user.active()
        ? new SignInResult.SignedIn(new UpsertResult.Created<>(new SignedInUser(user, link)))
        : new SignInResult.Suspended();
  }

  private SignInResult signInAgain(TenantRecords records, FederatedIdentity stored, SignIn signIn) {
    Instant now = tx.now();
    User user = records.users().get(stored.userId());
    if (!user.active()) {
      tx.write(withAudit(records, signIn, user, now));
      return new SignInResult.Suspended();
    }
    User wanted = user.withAttributesOf(signIn.appliedTo(user));
    boolean userChanges = !user.hasSameAttributesAs(wanted);
    boolean aliasChanges = !Objects.equals(stored.providerAlias(), signIn.providerAlias());

    FederatedIdentity link = edited(stored, signIn.providerAlias(), lastSeen(stored, now));
    TenantRecords changed = records.withIdentities(records.identities().plus(link));
    if (userChanges) {
      user = wanted.modified(now);
      changed = changed.withUsers(changed.users().replace(user));
    }
    changed = withAudit(changed, signIn, user, now);
    SignedInUser result = new SignedInUser(user, link);
    if (!userChanges && !aliasChanges) {
      tx.write(changed);
      return new SignInResult.SignedIn(new UpsertResult.Unchanged<>(result));
    }
    tx.write(withEvent(changed, signIn, user, false, now));
    return new SignInResult.SignedIn(new UpsertResult.Updated<>(result));
  }

  /** Now, unless the clock went back. */
  private static Instant lastSeen(FederatedIdentity stored, Instant now) {
    Instant previous = stored.lastSeen();
    return previous != null && previous.isAfter(now) ? previous : now;
  }

  private TenantRecords withAudit(TenantRecords records, SignIn signIn, User user, Instant now) {
    return records.withAudit(
        records.audit().append(MemoryAudit.newRecord(tx, signIn.audit(user), now)));
  }

  private static TenantRecords withEvent(
      TenantRecords records, SignIn signIn, User user, boolean created, Instant now) {
    return records.withOutbox(
        records.outbox().append(MemoryOutbox.newRecord(signIn.event(user, created), now)));
  }

  @Override
  public boolean unlink(IdentityKey key) {
    TenantRecords records = tx.lockAndRead();
    if (records.identities().find(key) == null) {
      return false;
    }
    tx.write(records.withIdentities(records.identities().minus(key)));
    return true;
  }

  @Override
  public Optional<FederatedIdentity> find(IdentityKey key) {
    return Optional.ofNullable(tx.read().identities().find(key));
  }

  @Override
  public Optional<User> findUser(IdentityKey key) {
    TenantRecords records = tx.read();
    return Optional.ofNullable(records.identities().find(key))
        .map(identity -> records.users().get(identity.userId()));
  }

  @Override
  public List<FederatedIdentity> findByUser(UserId userId) {
    return tx.read().identities().find(userId);
  }
}
