package io.netkingdom.userengine.store.memory.broken;

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
import java.util.Optional;

/** Passes everything on. */
class ForwardingIdentities implements FederatedIdentityRepository {

  final FederatedIdentityRepository honest;

  ForwardingIdentities(FederatedIdentityRepository honest) {
    this.honest = honest;
  }

  @Override
  public UpsertResult<FederatedIdentity> link(FederatedIdentityDraft draft) {
    return honest.link(draft);
  }

  @Override
  public SignInResult signIn(SignIn signIn) {
    return honest.signIn(signIn);
  }

  @Override
  public Optional<FederatedIdentity> find(IdentityKey key) {
    return honest.find(key);
  }

  @Override
  public Optional<User> findUser(IdentityKey key) {
    return honest.findUser(key);
  }

  @Override
  public List<FederatedIdentity> findByUser(UserId userId) {
    return honest.findByUser(userId);
  }

  @Override
  public boolean unlink(IdentityKey key) {
    return honest.unlink(key);
  }
}
