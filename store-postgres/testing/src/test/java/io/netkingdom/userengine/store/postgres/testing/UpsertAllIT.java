package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.RowOutcome;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many rows at once become what they would have become one by one. */
@ExtendWith(LivePostgres.class)
class UpsertAllIT {

  private static final long SEED = 20260701;

  private final LiveDatabase database;
  private final UserEngineStore store;

  UpsertAllIT(LiveDatabase database) {
    this.database = database;
    this.store = database.open(StoreOptions.defaults());
  }

  @BeforeEach
  void begin() {
    database.reset();
    store.migrate();
  }

  @AfterEach
  void end() {
    store.close();
    database.reset();
  }

  /** What became of a row, without what differs between two tenants. */
  private static String summary(RowOutcome outcome) {
    if (outcome instanceof RowOutcome.Stored stored) {
      User user = stored.result().record();
      return stored.result().getClass().getSimpleName() + " " + summary(user);
    }
    return outcome.toString();
  }

  private static String summary(User user) {
    return user.userName()
        + " "
        + user.externalId()
        + " "
        + user.displayName()
        + " "
        + user.version();
  }

  private static RowOutcome one(Repositories records, UserDraft draft) {
    try {
      return new RowOutcome.Stored(records.users().upsert(draft));
    } catch (StoreException.Conflict e) {
      return RowOutcome.Rejected.of(e);
    }
  }

  private static UserDraft draft(String name, String externalId) {
    return UserDraft.named(name).withExternalId(externalId);
  }

  @Test
  void aRowTakesTheExternalIdThatARowBeforeItGaveUp() {
    Repositories records = store.tenant(TenantId.of("freed"));
    records.users().upsertAll(List.of(draft("a", "1"), draft("b", "2")));

    List<String> outcomes =
        records
            .users()
            .upsertAll(List.of(draft("a", "3"), draft("c", "1"), draft("b", "3")))
            .stream()
            .map(UpsertAllIT::summary)
            .toList();

    assertEquals(
        List.of(
            "Updated a 3 null 2",
            "Created c 1 null 1",
            "Rejected[field=externalId, reason=is held by another record]"),
        outcomes);
  }

  /** The seed is fixed, so that a failure comes again; the drafts collide in every way. */
  @Test
  void randomBatchesAreAsIfOneByOne() {
    Random random = new Random(SEED);
    for (int round = 0; round < 60; round++) {
      Repositories batched = store.tenant(TenantId.of("batched-" + round));
      Repositories single = store.tenant(TenantId.of("single-" + round));
      for (int batch = 0; batch < 3; batch++) {
        List<UserDraft> drafts = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
          drafts.add(randomDraft(random));
        }

        assertEquals(
            drafts.stream().map(draft -> summary(one(single, draft))).toList(),
            batched.users().upsertAll(drafts).stream().map(UpsertAllIT::summary).toList(),
            () -> "of " + drafts);
      }
    }
  }

  private static UserDraft randomDraft(Random random) {
    UserDraft draft = UserDraft.named((random.nextBoolean() ? "u" : "U") + random.nextInt(8));
    if (random.nextInt(3) > 0) {
      draft = draft.withExternalId("x" + random.nextInt(8));
    }
    if (random.nextInt(3) == 0) {
      draft = draft.withId(UserId.of(new UUID(0, random.nextInt(6))));
    }
    return random.nextBoolean() ? draft : draft.withDisplayName("n" + random.nextInt(2));
  }
}
