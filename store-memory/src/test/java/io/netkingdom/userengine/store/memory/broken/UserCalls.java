package io.netkingdom.userengine.store.memory.broken;

import io.netkingdom.userengine.store.EmailAddress;
import io.netkingdom.userengine.store.ExternalId;
import io.netkingdom.userengine.store.Page;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.RowOutcome;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.UserName;
import io.netkingdom.userengine.store.UserRepository;
import io.netkingdom.userengine.store.memory.broken.RecordCalls.Answer2;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * Which calls of a repository of users are answered otherwise; the others are passed on.
 *
 * @param <F> what is at fault, and returned by each change
 */
final class UserCalls<F> {

  private final F owner;
  private BiFunction<UserRepository, UserDraft, User> create = UserRepository::create;
  private BiFunction<UserRepository, UserId, Optional<User>> find = UserRepository::find;
  private BiFunction<UserRepository, UserName, Optional<User>> findByUserName =
      UserRepository::findByUserName;
  private BiFunction<UserRepository, ExternalId, Optional<User>> findByExternalId =
      UserRepository::findByExternalId;
  private BiFunction<UserRepository, EmailAddress, List<User>> findByEmail =
      UserRepository::findByEmail;
  private BiFunction<UserRepository, User, User> update = UserRepository::update;
  private BiFunction<UserRepository, UserDraft, UpsertResult<User>> upsert = UserRepository::upsert;
  private BiFunction<UserRepository, List<UserDraft>, List<RowOutcome>> upsertAll =
      UserRepository::upsertAll;
  private BiFunction<UserRepository, UserId, Boolean> delete = UserRepository::delete;
  private BiFunction<UserRepository, UserId, Boolean> erase = UserRepository::erase;
  private BiFunction<UserRepository, PageRequest, Page<User>> list = UserRepository::list;
  private Answer2<UserRepository, String, PageRequest, Page<User>> listByPrefix =
      UserRepository::listByPrefix;
  private UnaryOperator<UserRepository> instead = UnaryOperator.identity();

  UserCalls(F owner) {
    this.owner = owner;
  }

  /** The repository with these answers. */
  UserRepository of(UserRepository honest) {
    return instead.apply(new Answering(honest, this));
  }

  F create(BiFunction<UserRepository, UserDraft, User> answer) {
    create = answer;
    return owner;
  }

  F find(BiFunction<UserRepository, UserId, Optional<User>> answer) {
    find = answer;
    return owner;
  }

  F findByUserName(BiFunction<UserRepository, UserName, Optional<User>> answer) {
    findByUserName = answer;
    return owner;
  }

  F findByExternalId(BiFunction<UserRepository, ExternalId, Optional<User>> answer) {
    findByExternalId = answer;
    return owner;
  }

  F findByEmail(BiFunction<UserRepository, EmailAddress, List<User>> answer) {
    findByEmail = answer;
    return owner;
  }

  F update(BiFunction<UserRepository, User, User> answer) {
    update = answer;
    return owner;
  }

  F upsert(BiFunction<UserRepository, UserDraft, UpsertResult<User>> answer) {
    upsert = answer;
    return owner;
  }

  F upsertAll(BiFunction<UserRepository, List<UserDraft>, List<RowOutcome>> answer) {
    upsertAll = answer;
    return owner;
  }

  F delete(BiFunction<UserRepository, UserId, Boolean> answer) {
    delete = answer;
    return owner;
  }

  F erase(BiFunction<UserRepository, UserId, Boolean> answer) {
    erase = answer;
    return owner;
  }

  F list(BiFunction<UserRepository, PageRequest, Page<User>> answer) {
    list = answer;
    return owner;
  }

  F listByPrefix(Answer2<UserRepository, String, PageRequest, Page<User>> answer) {
    listByPrefix = answer;
    return owner;
  }

  /** Puts another repository in its place. */
  F instead(UnaryOperator<UserRepository> repository) {
    instead = repository;
    return owner;
  }

  /** Answers as it was told to. */
  static class Answering implements UserRepository {
    private final UserRepository honest;
    private final UserCalls<?> calls;

    Answering(UserRepository honest, UserCalls<?> calls) {
      this.honest = honest;
      this.calls = calls;
    }

    @Override
    public User create(UserDraft draft) {
      return calls.create.apply(honest, draft);
    }

    @Override
    public Optional<User> find(UserId id) {
      return calls.find.apply(honest, id);
    }

    @Override
    public Optional<User> findByUserName(UserName userName) {
      return calls.findByUserName.apply(honest, userName);
    }

    @Override
    public Optional<User> findByExternalId(ExternalId externalId) {
      return calls.findByExternalId.apply(honest, externalId);
    }

    @Override
    public List<User> findByEmail(EmailAddress address) {
      return calls.findByEmail.apply(honest, address);
    }

    @Override
    public User update(User edited) {
      return calls.update.apply(honest, edited);
    }

    @Override
    public UpsertResult<User> upsert(UserDraft draft) {
      return calls.upsert.apply(honest, draft);
    }

    @Override
    public List<RowOutcome> upsertAll(List<UserDraft> drafts) {
      return calls.upsertAll.apply(honest, drafts);
    }

    @Override
    public boolean delete(UserId id) {
      return calls.delete.apply(honest, id);
    }

    @Override
    public boolean erase(UserId id) {
      return calls.erase.apply(honest, id);
    }

    @Override
    public Page<User> list(PageRequest request) {
      return calls.list.apply(honest, request);
    }

    @Override
    public Page<User> listByPrefix(String prefix, PageRequest request) {
      return calls.listByPrefix.to(honest, prefix, request);
    }
  }
}
