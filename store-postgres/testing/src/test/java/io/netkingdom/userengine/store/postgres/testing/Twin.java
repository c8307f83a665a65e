package io.netkingdom.userengine.store.postgres.testing;

import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.OutboxCursor;
import io.netkingdom.userengine.store.PageToken;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.UserEngineStore;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One of two stores to which the same happens, and what it alone knows: ids that it assigned,
 * tokens and cursors that it gave out. In what it answers these are numbered in the order in which
 * they came up, so that two stores that agree give equal answers. Of one thread.
 */
final class Twin {

  private static final Pattern UUIDS =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  final UserEngineStore store;
  final List<TenantId> tenants;
  private final Map<UUID, Integer> numbers = new HashMap<>();
  private final List<UUID> ids = new ArrayList<>();
  private final List<PageToken> tokens = new ArrayList<>();
  private final List<OutboxCursor> cursors = new ArrayList<>();

  Twin(UserEngineStore store, List<TenantId> tenants, List<UUID> known) {
    this.store = store;
    this.tenants = tenants;
    known.forEach(this::number);
  }

  /** One of the ids that came up, the later ones first. */
  UUID id(int back) {
    return ids.get(ids.size() - 1 - back % ids.size());
  }

  Optional<PageToken> token(int back) {
    return tokens.isEmpty()
        ? Optional.empty()
        : Optional.of(tokens.get(tokens.size() - 1 - back % tokens.size()));
  }

  OutboxCursor cursor(int back) {
    return cursors.isEmpty()
        ? OutboxCursor.BEGINNING
        : cursors.get(cursors.size() - 1 - back % cursors.size());
  }

  private String number(UUID id) {
    Integer number = numbers.get(id);
    if (number == null) {
      number = ids.size();
      numbers.put(id, number);
      ids.add(id);
    }
    return "#" + number;
  }

  /** An answer in a form that can be compared with the other store's. */
  Object shape(@Nullable Object answer) {
    if (answer instanceof UUID id) {
      return number(id);
    } else if (answer instanceof PageToken token) {
      tokens.add(token);
      return "token";
    } else if (answer instanceof OutboxCursor cursor) {
      cursors.add(cursor);
      return "cursor";
    } else if (answer instanceof String text) {
      return UUIDS.matcher(text).replaceAll(found -> number(UUID.fromString(found.group())));
    } else if (answer instanceof StoreException refusal) {
      return shapeOf(refusal);
    } else if (answer instanceof Throwable thrown) {
      return thrown.getClass().getName();
    } else if (answer instanceof Json || answer instanceof OptionalLong) {
      return answer;
    } else if (answer instanceof Optional<?> optional) {
      return optional.isPresent() ? List.of(shape(optional.get())) : List.of();
    } else if (answer instanceof List<?> list) {
      List<Object> shapes = new ArrayList<>();
      list.forEach(each -> shapes.add(shape(each)));
      return shapes;
    } else if (answer instanceof Record record) {
      return shapeOf(record);
    }
    return String.valueOf(answer);
  }

  private List<Object> shapeOf(Record record) {
    List<Object> shapes = new ArrayList<>(List.of(record.getClass().getSimpleName()));
    try {
      for (RecordComponent component : record.getClass().getRecordComponents()) {
        shapes.add(List.of(component.getName(), shape(component.getAccessor().invoke(record))));
      }
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a record that cannot be read", e);
    }
    return shapes;
  }

  private List<Object> shapeOf(StoreException refusal) {
    List<Object> shapes = new ArrayList<>(List.of(refusal.getClass().getSimpleName()));
    // The words of an adapter are its own; those that the contract's types are made of are not.
    if (refusal.leavesTransactionUsable() || refusal instanceof StoreException.RowRejected) {
      shapes.add(shape(refusal.getMessage()));
    }
    if (refusal instanceof StoreException.RolledBack && refusal.getCause() != null) {
      shapes.add(shape(refusal.getCause()));
    }
    return shapes;
  }
}
