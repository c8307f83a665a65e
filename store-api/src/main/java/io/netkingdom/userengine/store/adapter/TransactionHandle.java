package io.netkingdom.userengine.store.adapter;

import io.netkingdom.userengine.store.AuditRepository;
import io.netkingdom.userengine.store.FederatedIdentityRepository;
import io.netkingdom.userengine.store.GroupRepository;
import io.netkingdom.userengine.store.OutboxRepository;
import io.netkingdom.userengine.store.PageTokenKey;
import io.netkingdom.userengine.store.ProfileRepository;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreTransaction;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.UserRepository;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What one callback is handed: good for its own thread, until it returns. */
final class TransactionHandle implements StoreTransaction, Gate {

  private final TransactionScope scope;
  private final TransactionOptions options;
  private final Thread owner = Thread.currentThread();
  private final Repositories repositories = new GuardedRepositories(this);
  private volatile boolean ended;

  TransactionHandle(TransactionScope scope, TransactionOptions options) {
    this.scope = scope;
    this.options = options;
  }

  /**
   * The handle of a call that is nested in this one's, and has no more rights than it.
   *
   * @throws StoreException.InvalidInput if the call is of another tenant or asks for more
   */
  TransactionHandle join(TenantId tenant, TransactionOptions requested) {
    checkTenant(tenant);
    if (requested.isolation().compareTo(options.isolation()) > 0) {
      throw new StoreException.InvalidInput(
          "isolation", "is stronger than that of the open transaction");
    }
    if (options.readOnly() && !requested.readOnly()) {
      throw new StoreException.InvalidInput("readOnly", "the open transaction is read-only");
    }
    return new TransactionHandle(scope, requested.readOnly() ? options.asReadOnly() : options);
  }

  /**
   * Refuses a call for another tenant.
   *
   * @throws StoreException.InvalidInput if it is another
   */
  void checkTenant(TenantId other) {
    if (!other.equals(scope.tenant())) {
      throw new StoreException.InvalidInput(
          "tenant", "the open transaction of this thread is of another tenant");
    }
  }

  /** Keeps the whole transaction from committing. */
  void doom(Throwable cause) {
    scope.doom(cause);
  }

  void end() {
    ended = true;
  }

  @Override
  public <T extends @Nullable Object> T read(
      Function<? super Repositories, ? extends T> operation) {
    checkUse();
    return scope.run(operation);
  }

  @Override
  public <T extends @Nullable Object> T write(
      Function<? super Repositories, ? extends T> operation) {
    checkUse();
    if (options.readOnly()) {
      throw new StoreException.ReadOnly("the transaction is read-only");
    }
    return scope.run(operation);
  }

  private void checkUse() {
    if (ended) {
      throw new StoreException.IllegalUse("this transaction has ended");
    }
    if (Thread.currentThread() != owner) {
      throw new StoreException.IllegalUse("this transaction belongs to another thread");
    }
  }

  @Override
  public UserRepository users() {
    return repositories.users();
  }

  @Override
  public FederatedIdentityRepository identities() {
    return repositories.identities();
  }

  @Override
  public GroupRepository groups() {
    return repositories.groups();
  }

  @Override
  public ProfileRepository profiles() {
    return repositories.profiles();
  }

  @Override
  public AuditRepository audit() {
    return repositories.audit();
  }

  @Override
  public OutboxRepository outbox() {
    return repositories.outbox();
  }

  @Override
  public RecordCounts counts() {
    return read(Repositories::counts);
  }

  @Override
  public TenantId tenant() {
    return scope.tenant();
  }

  @Override
  public @Nullable PageTokenKey pageTokenKey() {
    return scope.pageTokenKey();
  }

  @Override
  public TransactionOptions options() {
    return options;
  }

  @Override
  public int attempt() {
    return scope.attempt();
  }
}
