package io.netkingdom.userengine.store.conformance.model;

import io.netkingdom.userengine.store.AuditRecord;
import io.netkingdom.userengine.store.IsolationLevel;
import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.OutboxCursor;
import io.netkingdom.userengine.store.OutboxDraft;
import io.netkingdom.userengine.store.OutboxId;
import io.netkingdom.userengine.store.OutboxPage;
import io.netkingdom.userengine.store.OutboxRecord;
import io.netkingdom.userengine.store.OutboxRepository;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreTransaction;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.UserEngineStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Plays a history to a store and to the model at once, and compares what both say. */
final class Player {

  /** How long the outbox may lag behind; only a store that loses a record gets there. */
  private static final long LAG_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static final Refusal ERASURE_REFUSED = new Refusal("InvalidInput", "isolation");

  private final UserEngineStore store;
  private final List<TenantId> tenants;
  private final List<ModelTenant> models = new ArrayList<>();

  Player(UserEngineStore store, List<TenantId> tenants, TestClock clock) {
    this.store = store;
    this.tenants = tenants;
    tenants.forEach(tenant -> models.add(new ModelTenant(clock)));
  }

  /** What a callback throws to be rolled back. */
  private static final class Undo extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Undo() {
      super("undo", null, false, false);
    }
  }

  /** The store and the model disagree. An Error, so that it ends the transaction that it is in. */
  static final class Divergence extends Error {
    private static final long serialVersionUID = 1L;

    Divergence(String message) {
      super(message, null, false, false);
    }
  }

  /** A refusal in a form that can be compared. */
  private record Refusal(String type, String detail) {
    static Refusal of(StoreException refusal) {
      String detail = "";
      if (refusal instanceof StoreException.Conflict conflict) {
        detail = conflict.field();
      } else if (refusal instanceof StoreException.UnknownReference unknown) {
        detail = unknown.field();
      } else if (refusal instanceof StoreException.InvalidInput invalid) {
        detail = invalid.field();
      } else if (refusal instanceof StoreException.StaleVersion stale) {
        detail = stale.actual() + " is not " + stale.expected();
      } else if (refusal instanceof StoreException.RowRejected rejected) {
        detail = rejected.index() + " " + rejected.field();
      }
      return new Refusal(refusal.getClass().getSimpleName(), detail);
    }

    @Override
    public String toString() {
      return type + (detail.isEmpty() ? "" : " (" + detail + ")");
    }
  }

  /** Plays all steps. */
  void play(List<Step> steps, TestClock clock) {
    for (Step step : steps) {
      clock.tick();
      if (step instanceof Step.Single single) {
        compare(
            single.operation(),
            store.tenant(tenants.get(single.tenant())),
            models.get(step.tenant()));
      } else if (step instanceof Step.Transaction transaction) {
        play(transaction);
      }
    }
  }

  /** Compares everything that is stored in the end. */
  void compareAll(List<Operation> readings) {
    for (int i = 0; i < tenants.size(); i++) {
      for (Operation reading : readings) {
        compare(reading, store.tenant(tenants.get(i)), models.get(i));
      }
    }
  }

  /** Compares the messages in the outboxes, which a mark at their ends tells to be complete. */
  void compareMessages() {
    for (int i = 0; i < tenants.size(); i++) {
      requireEqual("read the outbox", models.get(i).messages(), messages(tenants.get(i)));
    }
  }

  private List<OutboxDraft> messages(TenantId tenant) {
    OutboxRepository outbox = store.tenant(tenant).outbox();
    OutboxDraft mark = OutboxDraft.of("conformance", "reader", "mark", Json.object());
    OutboxId last = outbox.append(mark).record().id();
    List<OutboxDraft> messages = new ArrayList<>();
    OutboxCursor place = OutboxCursor.BEGINNING;
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < LAG_NANOS) {
      OutboxPage page = outbox.readAfter(place, 7);
      for (OutboxRecord record : page.records()) {
        if (record.id().equals(last)) {
          return messages;
        }
        messages.add(record.message());
      }
      place = page.next();
    }
    throw new Divergence("read the outbox: expected the last record, but it did not come");
  }

  private void play(Step.Transaction transaction) {
    TransactionOptions options =
        TransactionOptions.defaults().withIsolation(transaction.isolation());
    ModelTenant[] changed = new ModelTenant[1];
    boolean[] doomed = new boolean[1];
    Object end =
        outcomeOf(
            () ->
                store.inTransaction(
                    tenants.get(transaction.tenant()),
                    options,
                    tx -> {
                      changed[0] = models.get(transaction.tenant()).copy();
                      doomed[0] = play(transaction.body(), tx, transaction.tenant(), changed[0]);
                      if (transaction.end() == Step.End.THROW) {
                        throw new Undo();
                      }
                      return "committed";
                    }));
    Object expected =
        transaction.end() == Step.End.THROW
            ? Undo.class
            : doomed[0] ? new Refusal("RolledBack", "") : "committed";
    requireEqual("the end of a transaction", expected, end);
    if (end.equals("committed")) {
      models.set(transaction.tenant(), changed[0]);
    }
  }

  /** Returns whether a nested call failed and was caught, which ends the body. */
  private boolean play(List<Step.Inner> body, Repositories records, int tenant, ModelTenant model) {
    for (Step.Inner inner : body) {
      if (inner instanceof Operation operation) {
        compare(operation, records, model);
      } else if (inner instanceof Step.Nested nested) {
        Object end =
            outcomeOf(
                () ->
                    store.inTransaction(
                        tenants.get(tenant),
                        tx -> {
                          play(nested.body(), tx, tenant, model);
                          if (nested.end() != Step.End.RETURN) {
                            throw new Undo();
                          }
                          return "returned";
                        }));
        requireEqual(
            "the end of a nested call",
            nested.end() == Step.End.RETURN ? "returned" : Undo.class,
            end);
        if (nested.end() != Step.End.RETURN) {
          return true;
        }
      }
    }
    return false;
  }

  private static void compare(Operation operation, Repositories records, ModelTenant model) {
    Object seen = outcomeOf(() -> operation.call().on(records));
    if (seen.equals(ERASURE_REFUSED)
        && records instanceof StoreTransaction tx
        && tx.options().isolation() == IsolationLevel.SERIALIZABLE) {
      return; // DEL-13 allows it, and what follows shows that it changed nothing
    }
    Object expected = outcomeOf(() -> operation.call().on(model));
    requireEqual(operation.text(), expected, seen);
  }

  private static void requireEqual(String what, Object expected, Object seen) {
    boolean equal =
        expected instanceof ModelTenant.OneOf oneOf
            ? oneOf.refusals().stream().map(Refusal::of).anyMatch(seen::equals)
            : expected.equals(seen);
    if (!equal) {
      throw new Divergence(what + ": expected " + shown(expected) + ", but was " + shown(seen));
    }
  }

  private static String shown(Object outcome) {
    return outcome == Undo.class
        ? "what the callback threw"
        : outcome instanceof ModelTenant.OneOf oneOf
            ? "one of " + oneOf.refusals().stream().map(Refusal::of).toList()
            : outcome.toString();
  }

  @FunctionalInterface
  private interface Attempt {
    @Nullable Object make() throws Exception;
  }

  /** What came of an attempt, in a form that can be compared. */
  private static Object outcomeOf(Attempt attempt) {
    try {
      return comparable(Objects.requireNonNullElse(attempt.make(), "nothing"));
    } catch (StoreException e) {
      return Refusal.of(e);
    } catch (ModelTenant.OneOf e) {
      return e;
    } catch (Undo e) {
      return Undo.class;
    } catch (Exception e) {
      return e.getClass().getName();
    }
  }

  /** Without what an adapter chooses by chance: ids and exact times of appended records. */
  private static Object comparable(Object result) {
    if (result instanceof AuditRecord record) {
      return record.entry();
    } else if (result instanceof OutboxRecord record) {
      return record.message();
    } else if (result instanceof UpsertResult<?> upsert
        && upsert.record() instanceof OutboxRecord record) {
      return upsert.getClass().getSimpleName() + " " + record.message().dedupKey();
    } else if (result instanceof List<?> list) {
      List<Object> all = new ArrayList<>();
      list.forEach(each -> all.add(comparable(each)));
      return all;
    }
    return result;
  }
}
