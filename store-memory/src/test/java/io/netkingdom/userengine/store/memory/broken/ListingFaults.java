package io.netkingdom.userengine.store.memory.broken;

import static io.netkingdom.userengine.store.memory.broken.FaultyStore.fault;
import static io.netkingdom.userengine.store.memory.broken.FaultyStore.groups;
import static io.netkingdom.userengine.store.memory.broken.FaultyStore.users;

import io.netkingdom.userengine.store.Page;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.PageToken;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.UserRepository;
import java.text.Collator;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What goes wrong with listings. */
final class ListingFaults {

  private ListingFaults() {}

  static List<FaultyStore> all() {
    return List.of(
        offsetPaging(),
        users("OneDirectionOnly")
            .list(
                (honest, request) ->
                    honest.list(
                        new PageRequest(
                            request.limit(),
                            PageRequest.of(request.limit()).order(),
                            request.after())))
            .mustFail("PAG-02", "a walk in descending order"),
        users("Utf16UserNames")
            .list(
                (honest, request) ->
                    sorted(
                        honest.list(request), Comparator.comparing(user -> user.userName().key())))
            .mustFail("PAG-03", "the users' names in pages of"),
        pagesOverlap(),
        users("LikeWildcards")
            .listByPrefix(
                (honest, prefix, request) ->
                    prefix.contains("%") || prefix.contains("_")
                        ? like(honest, prefix, request)
                        : honest.listByPrefix(prefix, request))
            .mustFail("PAG-06", "the users whose name begins with a%"),
        users("PagesOfAHundred")
            .list(
                (honest, request) ->
                    honest.list(
                        new PageRequest(
                            Math.min(request.limit(), 100), request.order(), request.after())))
            .mustFail("PAG-07", "records of a page of the greatest limit"),
        // The groups of a database whose collation is that of a language.
        groups("GroupsByDictionary")
            .list(
                (honest, request) ->
                    sorted(
                        honest.list(request),
                        Comparator.comparing(
                            group -> group.displayName().key(),
                            Collator.getInstance(Locale.GERMAN))))
            .mustFail("PAG-08", "the groups' names in pages of"),
        groups("SignedMemberOrder")
            .listMembers(
                (honest, group, request) ->
                    sorted(
                        honest.listMembers(group, request),
                        Comparator.comparing(member -> member.userId().value())))
            .mustFail("PAG-09", "the members in pages of"),
        users("NoWayBack")
            .list(
                (honest, request) -> {
                  Page<User> page = honest.list(request);
                  return page.items().isEmpty()
                      ? page
                      : new Page<>(page.items(), request.after(), page.next());
                })
            .mustFail("PAG-10", "the page before the last one"),
        users("PrefixesAsTyped")
            .listByPrefix(
                (honest, prefix, request) -> {
                  Page<User> page = honest.listByPrefix(prefix, request);
                  return Results.with(
                      page,
                      page.items().stream()
                          .filter(user -> user.userName().value().startsWith(prefix)));
                })
            .mustFail("PAG-11", "the users whose name begins with ad"),
        tokenNeedsItsRecord(),
        // As where listings are read from a replica.
        fault("ListsCommittedOnly")
            .transaction(
                tx ->
                    tx.users()
                        .list(
                            (own, request) ->
                                tx.committed(records -> records.users().list(request))))
            .mustFail("PAG-14", "the users inside the transaction"));
  }

  /** As {@code OFFSET} does: the place of a token is a number of rows. */
  private static FaultyStore offsetPaging() {
    Map<PageToken, Integer> offsets = new ConcurrentHashMap<>();
    return users("OffsetPaging")
        .list(
            (honest, request) -> {
              PageToken after = request.after();
              Integer offset = after == null ? Integer.valueOf(0) : offsets.get(after);
              Page<User> page = honest.list(request);
              if (offset == null) {
                return page;
              }
              List<User> items =
                  honest.list(new PageRequest(1_000, request.order(), null)).items().stream()
                      .skip(offset)
                      .limit(request.limit())
                      .toList();
              PageToken next = items.size() < request.limit() ? null : page.next();
              if (next != null) {
                offsets.put(next, offset + items.size());
              }
              return new Page<>(items, page.first(), next);
            })
        .mustFail("PAG-01", "the users that were there throughout, as a walk visits them")
        .mustFail("PAG-12", "the page after a user that is no longer where it was");
  }

  /** As {@code >=} in the place of {@code >} does. */
  private static FaultyStore pagesOverlap() {
    Map<PageToken, User> last = new ConcurrentHashMap<>();
    return users("PagesOverlap")
        .list(
            (honest, request) -> {
              Page<User> page = honest.list(request);
              page.nextToken().ifPresent(next -> last.put(next, Results.last(page)));
              PageToken after = request.after();
              User before = after == null ? null : last.get(after);
              // Repeats the record only where there is room for it, so that every walk ends.
              return before == null || page.items().size() == request.limit()
                  ? page
                  : Results.with(page, Stream.concat(Stream.of(before), page.items().stream()));
            })
        .mustFail("PAG-01", "what a walk visits, without repetition")
        .mustFail("PAG-05", "the page after one of exactly the limit");
  }

  /** As where the token is an id, and the page begins where that record stands now. */
  private static FaultyStore tokenNeedsItsRecord() {
    Map<PageToken, UserId> last = new ConcurrentHashMap<>();
    return users("TokenNeedsItsRecord")
        .list(
            (honest, request) -> {
              PageToken after = request.after();
              UserId before = after == null ? null : last.get(after);
              if (before != null && honest.find(before).isEmpty()) {
                return new Page<>(List.of(), null, null);
              }
              Page<User> page = honest.list(request);
              page.nextToken().ifPresent(next -> last.put(next, Results.last(page).id()));
              return page;
            })
        .mustFail("PAG-12", "the page after a user that is no longer where it was");
  }

  private static <R> Page<R> sorted(Page<R> page, Comparator<? super R> order) {
    return Results.with(page, page.items().stream().sorted(order));
  }

  private static Page<User> like(UserRepository honest, String prefix, PageRequest request) {
    String like = Pattern.quote(prefix).replace("%", "\\E.*\\Q").replace("_", "\\E.\\Q") + ".*";
    List<User> all = honest.list(new PageRequest(request.limit(), request.order(), null)).items();
    return new Page<>(
        all.stream().filter(user -> Pattern.matches(like, user.userName().key())).toList(),
        null,
        null);
  }
}
