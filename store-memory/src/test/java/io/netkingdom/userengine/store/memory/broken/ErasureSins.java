package io.netkingdom.userengine.store.memory.broken;

import io.netkingdom.userengine.store.AuditDraft;
import io.netkingdom.userengine.store.AuditId;
import io.netkingdom.userengine.store.AuditRecord;
import io.netkingdom.userengine.store.AuditRepository;
import io.netkingdom.userengine.store.AuditSubject;
import io.netkingdom.userengine.store.IsolationLevel;
import io.netkingdom.userengine.store.OutboxDraft;
import io.netkingdom.userengine.store.OutboxId;
import io.netkingdom.userengine.store.OutboxRecord;
import io.netkingdom.userengine.store.OutboxRepository;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.UserRepository;
import io.netkingdom.userengine.store.adapter.EngineTransaction;
import io.netkingdom.userengine.store.adapter.StorageEngine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What goes wrong with erasure. */
final class ErasureSins {

  private ErasureSins() {}

  static List<BrokenStore> all() {
    return List.of(
        new EraseIsDelete(),
        new EraseOverwritesTheUser(),
        new ErasedIdsAreUpserted(),
        new ErasesTargetsOnly(),
        new KeepsHeaders(),
        new TombstonesOfAllTenants(),
        new ErasureCommitsAlone(),
        new DeletedUsersLeaveTraces(),
        new DeletesAtSerializable(),
        new RefusesTooLate(),
        new RecordsOfTheGoneEscape());
  }

  /** No tombstone, and nothing is taken from the records that remain. */
  private static final class EraseIsDelete extends BrokenStore {
    EraseIsDelete() {
      kills("DEL-06", "creating a user with an erased id: expected Conflict");
      kills("DEL-08", "a record that names the erased user");
      kills("DEL-09", "a message about the erased user");
    }

    @Override
    UserRepository users(Repositories records) {
      return new ForwardingUsers(records.users()) {
        @Override
        public boolean erase(UserId id) {
          return super.delete(id);
        }
      };
    }
  }

  /** Erases nothing where there is no user any more. */
  private static final class DeletedUsersLeaveTraces extends BrokenStore {
    DeletedUsersLeaveTraces() {
      kills("DEL-12", "a record about the deleted user after the erasure");
    }

    @Override
    UserRepository users(Repositories records) {
      return new ForwardingUsers(records.users()) {
        @Override
        public boolean erase(UserId id) {
          return find(id).isPresent() && super.erase(id);
        }
      };
    }
  }

  /** The row remains, without anything in it. */
  private static final class EraseOverwritesTheUser extends BrokenStore {
    EraseOverwritesTheUser() {
      kills("DEL-03", "find by id");
      kills("DEL-07", "users after the erasure: expected 0, but was 1");
      kills("CNT-08", "the counts after the other one was erased");
    }

    @Override
    UserRepository users(Repositories records) {
      return new ForwardingUsers(records.users()) {
        @Override
        public boolean erase(UserId id) {
          Optional<User> user = find(id);
          user.ifPresent(
              found ->
                  update(
                      found.withAttributesOf(UserDraft.named("erased-" + id).withActive(false))));
          return user.isPresent();
        }
      };
    }
  }

  /** Guards one way to create a user. */
  private static final class ErasedIdsAreUpserted extends BrokenStore {
    ErasedIdsAreUpserted() {
      kills("DEL-06", "upserting a new user with an erased id: expected Conflict");
    }

    @Override
    UserRepository users(Repositories records) {
      return new ForwardingUsers(records.users()) {
        @Override
        public UpsertResult<User> upsert(UserDraft draft) {
          UserId id = draft.id();
          try {
            return super.upsert(draft);
          } catch (StoreException.Conflict e) {
            if (id == null || !e.field().equals("id") || find(id).isPresent()) {
              throw e;
            }
            return super.upsert(draft.withId(UserId.generate(memory().now())));
          }
        }
      };
    }
  }

  private static final class ErasesTargetsOnly extends BrokenStore {
    private final Map<AuditId, AuditRecord> before = new ConcurrentHashMap<>();

    ErasesTargetsOnly() {
      kills("DEL-08", "a record that names the erased user");
    }

    @Override
    AuditRepository audit(Repositories records) {
      return new ForwardingAudit(records.audit()) {
        @Override
        public AuditRecord append(AuditDraft draft) {
          AuditRecord record = super.append(draft);
          if (!draft.target().type().equals(AuditSubject.USER)) {
            before.put(record.id(), record);
          }
          return record;
        }

        @Override
        public Optional<AuditRecord> find(AuditId id) {
          return super.find(id).map(record -> before.getOrDefault(id, record));
        }
      };
    }
  }

  private static final class KeepsHeaders extends BrokenStore {
    private final Map<OutboxId, Map<String, String>> headers = new ConcurrentHashMap<>();

    KeepsHeaders() {
      kills("DEL-09", "a message about the erased user");
    }

    @Override
    OutboxRepository outbox(Repositories records) {
      return new ForwardingOutbox(records.outbox()) {
        @Override
        public Optional<OutboxRecord> find(OutboxId id) {
          return super.find(id)
              .map(
                  record ->
                      new OutboxRecord(
                          id,
                          record.created(),
                          record
                              .message()
                              .withHeaders(headers.getOrDefault(id, record.message().headers()))));
        }

        @Override
        public UpsertResult<OutboxRecord> append(OutboxDraft draft) {
          UpsertResult<OutboxRecord> result = super.append(draft);
          headers.putIfAbsent(result.record().id(), draft.headers());
          return result;
        }
      };
    }
  }

  private static final class TombstonesOfAllTenants extends BrokenStore {
    private final Set<UserId> erased = ConcurrentHashMap.newKeySet();

    TombstonesOfAllTenants() {
      kills("DEL-10", "unexpected Conflict (id");
    }

    @Override
    UserRepository users(Repositories records) {
      return new ForwardingUsers(records.users()) {
        @Override
        public boolean erase(UserId id) {
          erased.add(id);
          return super.erase(id);
        }

        @Override
        public User create(UserDraft draft) {
          UserId id = draft.id();
          if (id != null && erased.contains(id)) {
            throw new StoreException.Conflict("id");
          }
          return super.create(draft);
        }
      };
    }
  }

  private static final class ErasureCommitsAlone extends BrokenStore {
    ErasureCommitsAlone() {
      kills("DEL-11", "the user: expected");
    }

    @Override
    StorageEngine engine(StorageEngine engine) {
      return new ForwardingEngine(engine) {
        @Override
        public EngineTransaction begin(TenantId tenant, TransactionOptions options) {
          return new ForwardingTransaction(honest.begin(tenant, options)) {
            @Override
            public UserRepository users() {
              return new ForwardingUsers(honest.users()) {
                @Override
                public boolean erase(UserId id) {
                  return engine.single(
                      tenant, false, options, records -> records.users().erase(id));
                }
              };
            }
          };
        }
      };
    }
  }

  /** Erases otherwise in a transaction that is SERIALIZABLE. */
  private abstract static class OtherwiseAtSerializable extends BrokenStore {

    abstract boolean erase(UserRepository users, UserId id);

    @Override
    StorageEngine engine(StorageEngine engine) {
      return new ForwardingEngine(engine) {
        @Override
        public EngineTransaction begin(TenantId tenant, TransactionOptions options) {
          EngineTransaction begun = honest.begin(tenant, options);
          if (options.isolation() != IsolationLevel.SERIALIZABLE) {
            return begun;
          }
          return new ForwardingTransaction(begun) {
            @Override
            public UserRepository users() {
              return new ForwardingUsers(honest.users()) {
                @Override
                public boolean erase(UserId id) {
                  return OtherwiseAtSerializable.this.erase(honest, id);
                }
              };
            }
          };
        }
      };
    }
  }

  /** What others committed meanwhile stays where no key refers to the user. */
  private static final class DeletesAtSerializable extends OtherwiseAtSerializable {
    DeletesAtSerializable() {
      kills("DEL-13", "what is left by an erasure at SERIALIZABLE");
    }

    @Override
    boolean erase(UserRepository users, UserId id) {
      return users.delete(id);
    }
  }

  /** Refuses by name, when everything is done. */
  private static final class RefusesTooLate extends OtherwiseAtSerializable {
    RefusesTooLate() {
      kills("DEL-13", "and was refused");
    }

    @Override
    boolean erase(UserRepository users, UserId id) {
      users.erase(id);
      throw new StoreException.InvalidInput("isolation", "is too strong");
    }
  }

  /** Nobody who tells of a user without a row is waited for. */
  private static final class RecordsOfTheGoneEscape extends BrokenStore {
    private final Map<AuditId, AuditRecord> escaped = new ConcurrentHashMap<>();

    RecordsOfTheGoneEscape() {
      kills("DEL-14", "the details of a record about a deleted user");
    }

    @Override
    AuditRepository audit(Repositories records) {
      return new ForwardingAudit(records.audit()) {
        @Override
        public AuditRecord append(AuditDraft draft) {
          AuditRecord record = super.append(draft);
          AuditSubject actor = draft.actor();
          if (actor.type().equals(AuditSubject.USER)
              && records.users().find(UserId.of(actor.id())).isEmpty()) {
            escaped.put(record.id(), record);
          }
          return record;
        }

        @Override
        public Optional<AuditRecord> find(AuditId id) {
          return super.find(id).map(record -> escaped.getOrDefault(id, record));
        }
      };
    }
  }
}
