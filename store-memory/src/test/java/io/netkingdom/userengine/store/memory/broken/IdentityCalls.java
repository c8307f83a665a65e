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
import java.util.function.BiFunction;

/**
 * Which calls of a repository of federated identities are answered otherwise; the others are passed
 * on.
 *
 * @param <F> what is at fault, and returned by each change
 */
final class IdentityCalls<F> {

  private final F owner;
  private BiFunction<
          FederatedIdentityRepository, FederatedIdentityDraft, UpsertResult<FederatedIdentity>>
      link = FederatedIdentityRepository::link;
  private BiFunction<FederatedIdentityRepository, SignIn, SignInResult> signIn =
      FederatedIdentityRepository::signIn;
  private BiFunction<FederatedIdentityRepository, IdentityKey, Optional<FederatedIdentity>> find =
      FederatedIdentityRepository::find;
  private BiFunction<FederatedIdentityRepository, IdentityKey, Optional<User>> findUser =
      FederatedIdentityRepository::findUser;
  private BiFunction<FederatedIdentityRepository, UserId, List<FederatedIdentity>> findByUser =
      FederatedIdentityRepository::findByUser;
  private BiFunction<FederatedIdentityRepository, IdentityKey, Boolean> unlink =
      FederatedIdentityRepository::unlink;

  IdentityCalls(F owner) {
    this.owner = owner;
  }

  /** The repository with these answers. */
  FederatedIdentityRepository of(FederatedIdentityRepository honest) {
    return new Answering(honest, this);
  }

  F link(
      BiFunction<
              FederatedIdentityRepository, FederatedIdentityDraft, UpsertResult<FederatedIdentity>>
          answer) {
    link = answer;
    return owner;
  }

  F signIn(BiFunction<FederatedIdentityRepository, SignIn, SignInResult> answer) {
    signIn = answer;
    return owner;
  }

  F find(BiFunction<FederatedIdentityRepository, IdentityKey, Optional<FederatedIdentity>> answer) {
    find = answer;
    return owner;
  }

  F findUser(BiFunction<FederatedIdentityRepository, IdentityKey, Optional<User>> answer) {
    findUser = answer;
    return owner;
  }

  F findByUser(BiFunction<FederatedIdentityRepository, UserId, List<FederatedIdentity>> answer) {
    findByUser = answer;
    return owner;
  }

  F unlink(BiFunction<FederatedIdentityRepository, IdentityKey, Boolean> answer) {
    unlink = answer;
    return owner;
  }

  /** Answers as it was told to. */
  private static final class Answering implements FederatedIdentityRepository {
    private final FederatedIdentityRepository honest;
    private final IdentityCalls<?> calls;

    Answering(FederatedIdentityRepository honest, IdentityCalls<?> calls) {
      this.honest = honest;
      this.calls = calls;
    }

    @Override
    public UpsertResult<FederatedIdentity> link(FederatedIdentityDraft draft) {
      return calls.link.apply(honest, draft);
    }

    @Override
    public SignInResult signIn(SignIn signIn) {
      return calls.signIn.apply(honest, signIn);
    }

    @Override
    public Optional<FederatedIdentity> find(IdentityKey key) {
      return calls.find.apply(honest, key);
    }

    @Override
    public Optional<User> findUser(IdentityKey key) {
      return calls.findUser.apply(honest, key);
    }

    @Override
    public List<FederatedIdentity> findByUser(UserId userId) {
      return calls.findByUser.apply(honest, userId);
    }

    @Override
    public boolean unlink(IdentityKey key) {
      return calls.unlink.apply(honest, key);
    }
  }
}
