package io.netkingdom.userengine.store.memory.broken;

import io.netkingdom.userengine.store.AuditRepository;
import io.netkingdom.userengine.store.FederatedIdentityRepository;
import io.netkingdom.userengine.store.GroupRepository;
import io.netkingdom.userengine.store.OutboxRepository;
import io.netkingdom.userengine.store.ProfileRepository;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.StoreTransaction;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.UserRepository;
import io.netkingdom.userengine.store.adapter.EngineTransaction;
import java.util.function.Consumer;

/**
 * Records of which some calls are answered otherwise.
 *
 * @param <R> what the others are passed on to
 */
class FaultyRecords<R extends Repositories> implements Repositories {

  final R honest;
  private final RecordCalls<?> calls;

  FaultyRecords(R honest, RecordCalls<?> calls) {
    this.honest = honest;
    this.calls = calls;
  }

  @Override
  public UserRepository users() {
    return calls.users().of(honest.users());
  }

  @Override
  public FederatedIdentityRepository identities() {
    return calls.identities().of(honest.identities());
  }

  @Override
  public GroupRepository groups() {
    return calls.groups().of(honest.groups());
  }

  @Override
  public ProfileRepository profiles() {
    return calls.profiles().of(honest.profiles());
  }

  @Override
  public AuditRepository audit() {
    return calls.audit().of(honest.audit());
  }

  @Override
  public OutboxRepository outbox() {
    return calls.outbox().of(honest.outbox());
  }

  @Override
  public RecordCounts counts() {
    return calls.countsOf(honest);
  }

  /** What an engine has begun. */
  static final class Transaction extends FaultyRecords<EngineTransaction>
      implements EngineTransaction {
    private final Runnable commit;
    private final Runnable rollback;

    Transaction(
        EngineTransaction honest, RecordCalls<?> calls, Runnable commit, Runnable rollback) {
      super(honest, calls);
      this.commit = commit;
      this.rollback = rollback;
    }

    @Override
    public void commit() {
      commit.run();
    }

    @Override
    public void rollback() {
      rollback.run();
    }
  }

  /** What the work in a transaction is given. */
  static class Handle extends FaultyRecords<StoreTransaction> implements StoreTransaction {

    Handle(StoreTransaction honest, Consumer<RecordCalls<?>> changes) {
      super(honest, RecordCalls.calls(changes));
    }

    @Override
    public TenantId tenant() {
      return honest.tenant();
    }

    @Override
    public TransactionOptions options() {
      return honest.options();
    }

    @Override
    public int attempt() {
      return honest.attempt();
    }
  }
}
