package io.netkingdom.userengine.store.adapter;

import io.netkingdom.userengine.store.FederatedIdentity;
import io.netkingdom.userengine.store.FederatedIdentityDraft;
import io.netkingdom.userengine.store.FederatedIdentityRepository;
import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.SignIn;
import io.netkingdom.userengine.store.SignInResult;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Federated identities, through the gate. */
record GuardedIdentities(Gate gate) implements FederatedIdentityRepository {

  @Override
  public UpsertResult<FederatedIdentity> link(FederatedIdentityDraft draft) {
    Objects.requireNonNull(draft, "draft");
    return gate.write(engine -> engine.identities().link(draft));
  }

  @Override
  public SignInResult signIn(SignIn signIn) {
    Objects.requireNonNull(signIn, "signIn");
    return gate.write(engine -> engine.identities().signIn(signIn));
  }

  @Override
  public Optional<FederatedIdentity> find(IdentityKey key) {
    Objects.requireNonNull(key, "key");
    return gate.read(engine -> engine.identities().find(key));
  }

  @Override
  public Optional<User> findUser(IdentityKey key) {
    Objects.requireNonNull(key, "key");
    return gate.read(engine -> engine.identities().findUser(key));
  }

  @Override
  public List<FederatedIdentity> findByUser(UserId userId) {
    Objects.requireNonNull(userId, "userId");
    return gate.read(engine -> engine.identities().findByUser(userId));
  }

  @Override
  public boolean unlink(IdentityKey key) {
    Objects.requireNonNull(key, "key");
    return gate.write(engine -> engine.identities().unlink(key));
  }
}
