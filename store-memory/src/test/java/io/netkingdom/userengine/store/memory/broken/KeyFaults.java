package io.netkingdom.userengine.store.memory.broken;

import static io.netkingdom.userengine.store.memory.broken.FaultyStore.users;

import io.netkingdom.userengine.store.ExternalId;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.UserName;
import io.netkingdom.userengine.store.UserRepository;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What goes wrong with the keys that users are found by. */
final class KeyFaults {

  private KeyFaults() {}

  static List<FaultyStore> all() {
    return List.of(
        users("NamesCompareAsTyped")
            .findByUserName(
                (honest, name) ->
                    honest.findByUserName(name).filter(user -> user.userName().equals(name)))
            .mustFail("USR-04", "the user found by a spelling of its name")
            .mustFail("KEY-01", "whether Ada finds ada")
            .mustFail("KEY-03", "the user found by its key")
            .mustFail("KEY-06", "the user found by the first spelling"),
        users("TrimsExternalIds")
            .findByExternalId(KeyFaults::findTrimmed)
            .users()
            .create(
                (honest, draft) -> {
                  ExternalId externalId = draft.externalId();
                  if (externalId != null && findTrimmed(honest, externalId).isPresent()) {
                    throw new StoreException.Conflict("externalId");
                  }
                  return honest.create(draft);
                })
            .mustFail("USR-05", "find by an external id that merely resembles")
            .mustFail("KEY-10", "Conflict (externalId"),
        // Refuses what RFC 8264 calls compatibility forms before anything is mapped.
        users("WholeLettersOnly")
            .create(
                (honest, draft) -> {
                  if (draft.userName().value().chars().anyMatch(KeyFaults::isWholeLetter)) {
                    throw new StoreException.InvalidInput("userName", "has a compatibility form");
                  }
                  return honest.create(draft);
                })
            .mustFail("KEY-02", "a letter that is typed whole: expected Conflict"),
        // As a database does that has a case-insensitive or accent-folding collation of its own.
        users("KeysFoldedAgain")
            .findByUserName(
                (honest, name) ->
                    honest
                        .findByUserName(name)
                        .or(() -> honest.findByUserName(name.key().replace("\u00DF", "ss")))
                        .or(() -> honest.findByUserName(name.key().replace("ss", "\u00DF"))))
            .mustFail("KEY-01", "whether strasse finds stra\u00DFe: expected false")
            .mustFail("KEY-11", "finds stra"),
        users("KeyFoldedByLocale")
            .create(
                (honest, draft) ->
                    honest.create(
                        draft.withUserName(
                            draft.userName().value().toLowerCase(Locale.getDefault()))))
            .mustFail("KEY-04", "under locale"),
        users("RespellingConflicts")
            .update(
                (honest, edited) -> {
                  UserName name = edited.userName();
                  if (honest
                      .findByUserName(name)
                      .filter(u -> !u.userName().equals(name))
                      .isPresent()) {
                    throw new StoreException.Conflict("userName");
                  }
                  return honest.update(edited);
                })
            .mustFail("KEY-06", "unexpected Conflict (userName"),
        oldNamesRemain());
  }

  private static FaultyStore oldNamesRemain() {
    Map<String, UserId> old = new ConcurrentHashMap<>();
    return users("OldNamesRemain")
        .update(
            (honest, edited) -> {
              honest.find(edited.id()).ifPresent(user -> old.put(user.userName().key(), user.id()));
              return honest.update(edited);
            })
        .users()
        .findByUserName(
            (honest, name) ->
                honest
                    .findByUserName(name)
                    .or(() -> Optional.ofNullable(old.get(name.key())).flatMap(honest::find)))
        .mustFail("KEY-12", "find by the name before");
  }

  private static Optional<User> findTrimmed(UserRepository honest, ExternalId externalId) {
    return honest
        .findByExternalId(externalId)
        .or(() -> honest.findByExternalId(externalId.value().strip()));
  }

  private static boolean isWholeLetter(int c) {
    return (c >= 0x0958 && c <= 0x095F) || c == 0x09DF;
  }
}
