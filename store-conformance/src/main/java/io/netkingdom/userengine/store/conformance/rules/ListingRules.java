package io.netkingdom.userengine.store.conformance.rules;

import io.netkingdom.userengine.store.AuditDraft;
import io.netkingdom.userengine.store.AuditFilter;
import io.netkingdom.userengine.store.AuditSubject;
import io.netkingdom.userengine.store.Group;
import io.netkingdom.userengine.store.GroupDraft;
import io.netkingdom.userengine.store.GroupId;
import io.netkingdom.userengine.store.Limits;
import io.netkingdom.userengine.store.Membership;
import io.netkingdom.userengine.store.Page;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.PageToken;
import io.netkingdom.userengine.store.PageTokenKey;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.Timestamps;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.conformance.check.Pages;
import io.netkingdom.userengine.store.conformance.check.Rule;
import io.netkingdom.userengine.store.conformance.check.RuleContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Section PAG: listing. */
final class ListingRules {

  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  /** Long enough not to be anywhere by chance. */
  private static final String NAME = "stands-out-";

  private static final String BASE64URL =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  /**
   * In code point order. UTF-16 puts U+FA0E last; dictionaries skip punctuation, and put accented
   * and small letters beside plain and capital ones.
   */
  private static final List<String> USER_NAMES =
      List.of(
          "0",
          "10",
          "9",
          "a",
          "a!b",
          "a-c",
          "a.b",
          "a0",
          "a_b",
          "aa",
          "ab",
          "b",
          "co-op",
          "coop",
          "z",
          "\u00E4",
          "\u00E9",
          "\u0131",
          "\u03C3",
          "\uA7AF",
          "\uFA0E",
          "\uD801\uDC28",
          "\uD840\uDC00");

  private static final List<String> GROUP_NAMES =
      List.of(
          "a",
          "a b",
          "a b c",
          "a!",
          "a-b",
          "a_b",
          "ab",
          "b",
          "z",
          "\u00E4 b",
          "\u2603",
          "\uFA0E",
          "\uD83D\uDE00",
          "\uD840\uDC00");

  /** In unsigned order: a signed comparison puts the last four first. */
  private static final List<String> IDS =
      List.of(
          "00000000-0000-4000-8000-000000000001",
          "00000000-0000-4000-8000-000000000002",
          "00000000-0000-4000-ffff-ffffffffffff",
          "7fffffff-ffff-4fff-7fff-ffffffffffff",
          "7fffffff-ffff-4fff-8fff-ffffffffffff",
          "80000000-0000-4000-8000-000000000000",
          "80000000-0000-4000-a000-000000000000",
          "a0000000-0000-4000-8000-000000000000",
          "ffffffff-ffff-4fff-bfff-ffffffffffff");

  /** Any listing, when it does not matter what it lists. */
  @FunctionalInterface
  private interface Listing {
    Page<?> read(PageRequest request);
  }

  @Rule(
      id = "PAG-01",
      sentence =
          "A full walk MUST visit each record that was there throughout, with an unchanged "
              + "key, exactly once, and MUST end, whatever comes and goes meanwhile.",
      since = "0.1.0")
  void aWalkVisitsWhatStaysExactlyOnce(RuleContext t) {
    for (boolean descending : new boolean[] {false, true}) {
      Repositories records = t.store().tenant(t.newTenant());
      TreeSet<String> throughout = new TreeSet<>();
      String[] passing = new String[26];
      for (char c = 'a'; c <= 'z'; c++) {
        records.users().create(UserDraft.named(c + "-stays"));
        throughout.add(c + "-stays");
        records.users().create(UserDraft.named(c + "-goes"));
        // Seven and the number of letters have no divisor in common: they go all over the place.
        passing[(c - 'a') * 7 % passing.length] = c + "-goes";
      }
      int[] pages = {0};
      List<String> visited = new ArrayList<>();
      PageRequest first = descending ? PageRequest.of(3).descending() : PageRequest.of(3);
      Pages.walk(
          t,
          first,
          page -> {
            Page<User> users = records.users().list(page);
            users.items().forEach(user -> visited.add(user.userName().value()));
            return users;
          },
          () -> {
            // What comes and goes does so before, at and after the place that was reached.
            int round = pages[0]++;
            if (round < passing.length) {
              records
                  .users()
                  .findByUserName(passing[round])
                  .ifPresent(user -> records.users().delete(user.id()));
              records.users().create(UserDraft.named((char) ('a' + round) + "-comes"));
              records.users().create(UserDraft.named((char) ('z' - round) + "-arrives"));
            }
          });
      t.equal(
          "the users that were there throughout, as a walk visits them",
          List.copyOf(descending ? throughout.descendingSet() : throughout),
          visited.stream().filter(throughout::contains).toList());
      t.equal(
          "what a walk visits, without repetition", visited.stream().distinct().toList(), visited);
    }
  }

  @Rule(
      id = "PAG-02",
      sentence = "Every listing in descending order MUST be its ascending order reversed.",
      since = "0.1.0")
  void bothDirections(RuleContext t) {
    createUsers(t, t.records(), USER_NAMES);
    List<User> ascending = Pages.walk(t, PageRequest.of(4), t.users()::list);
    t.equal("how many users a walk visits", USER_NAMES.size(), ascending.size());
    t.equal(
        "a walk in descending order",
        reversed(ascending),
        Pages.walk(t, PageRequest.of(5).descending(), t.users()::list));
    t.equal(
        "a listed user",
        t.users().findByUserName("a"),
        ascending.stream().filter(user -> user.userName().value().equals("a")).findFirst());
    Group team = t.groups().create(GroupDraft.named("Team"));
    t.groups().create(GroupDraft.named("Other"));
    ascending.forEach(user -> t.groups().addMember(team.id(), user.id()));
    for (int i = 0; i < 3; i++) {
      t.audit().append(AuditDraft.of(SUBJECT, "step-" + i, SUBJECT));
    }
    for (Listing listing :
        List.<Listing>of(
            page -> t.groups().list(page),
            page -> t.groups().listByPrefix("t", page),
            page -> t.users().listByPrefix("a", page),
            page -> t.groups().listMembers(team.id(), page),
            page -> t.groups().listMemberships(ascending.get(0).id(), page),
            page -> t.audit().list(new AuditFilter.ByTarget(SUBJECT), page),
            page -> t.audit().list(new AuditFilter.ByActor(SUBJECT), page),
            page -> t.audit().list(new AuditFilter.ByTime(Timestamps.MIN, Timestamps.MAX), page))) {
      List<?> forth = listing.read(PageRequest.of(1_000)).items();
      t.holds("a listing has something to list", !forth.isEmpty());
      t.equal(
          "a listing in descending order",
          reversed(forth),
          listing.read(PageRequest.of(1_000).descending()).items());
    }
  }

  @Rule(
      id = "PAG-03",
      sentence =
          "Users MUST be listed in code point order of the canonical keys of their names, "
              + "whatever the size of the pages.",
      since = "0.1.0")
  void usersAreInCodePointOrder(RuleContext t) {
    createUsers(t, t.records(), USER_NAMES);
    for (int limit : new int[] {1, 2, 7, 1_000}) {
      t.equal(
          "the users' names in pages of " + limit,
          USER_NAMES,
          Pages.walk(t, PageRequest.of(limit), t.users()::list).stream()
              .map(user -> user.userName().value())
              .toList());
    }
  }

  @Rule(
      id = "PAG-04",
      sentence =
          "A token of another tenant, another listing, or one that is restricted otherwise "
              + "MUST be InvalidInput that names pageToken.",
      since = "0.1.0")
  void aTokenIsOfOneListing(RuleContext t) {
    Repositories here = prepare(t, t.records());
    Repositories there = prepare(t, t.store().tenant(t.newTenant()));
    Map<String, Listing> listings = listings(here);
    Map<String, PageToken> tokens = new LinkedHashMap<>();
    listings.forEach(
        (name, listing) ->
            tokens.put(name, listing.read(PageRequest.of(1)).nextToken().orElseThrow()));
    Map<String, Listing> elsewhere = listings(there);
    tokens.forEach(
        (of, token) -> {
          listings.forEach(
              (name, listing) -> {
                if (name.equals(of)) {
                  t.equal(
                      "how many records follow the first one in " + name,
                      1,
                      listing.read(PageRequest.of(1).after(token)).items().size());
                } else {
                  t.invalid(
                      "a token of " + of + " in " + name,
                      "pageToken",
                      () -> listing.read(PageRequest.of(1).after(token)));
                }
              });
          t.invalid(
              "a token of another tenant's " + of,
              "pageToken",
              () -> Objects.requireNonNull(elsewhere.get(of)).read(PageRequest.of(1).after(token)));
        });
  }

  @Rule(
      id = "PAG-05",
      sentence =
          "A page of exactly the limit MUST be followed by nothing or an empty page, and a "
              + "page that was not filled by nothing.",
      since = "0.1.0")
  void afterAPageOfExactlyTheLimitNothingFollows(RuleContext t) {
    Group team = t.groups().create(GroupDraft.named("Team"));
    for (int i = 0; i < 6; i++) {
      t.groups().addMember(team.id(), t.users().create(UserDraft.named("user" + i)).id());
    }
    for (Listing listing :
        List.<Listing>of(
            page -> t.users().list(page),
            page -> t.users().listByPrefix("user", page),
            page -> t.groups().listMembers(team.id(), page))) {
      for (PageRequest first : List.of(PageRequest.of(3), PageRequest.of(3).descending())) {
        Page<?> one = listing.read(first);
        t.equal("records of the first page", 3, one.items().size());
        Page<?> two = listing.read(first.next(one).orElseThrow());
        t.equal("records of the second page", 3, two.items().size());
        first
            .next(two)
            .ifPresent(
                request -> {
                  Page<?> three = listing.read(request);
                  t.equal("the page after one of exactly the limit", List.of(), three.items());
                  t.equal("the place after an empty page", Optional.empty(), three.nextToken());
                  t.equal("the place before an empty page", Optional.empty(), three.firstToken());
                });
        Page<?> whole = listing.read(new PageRequest(6, first.order(), null));
        List<Object> both = new ArrayList<>(one.items());
        both.addAll(two.items());
        t.equal("a page of exactly all records", both, whole.items());
        Page<?> more = listing.read(new PageRequest(7, first.order(), null));
        t.equal("the place after a page that was not filled", Optional.empty(), more.nextToken());
      }
    }
    Page<Group> nothing = t.store().tenant(t.newTenant()).groups().list(PageRequest.of(1));
    t.equal("the page of an empty listing", List.of(), nothing.items());
    t.equal("the place after it", Optional.empty(), nothing.nextToken());
  }

  @Rule(
      id = "PAG-06",
      sentence = "Prefix search MUST take every character literally: %, _, backslash and all.",
      since = "0.1.0")
  void prefixesAreLiteral(RuleContext t) {
    List<String> names =
        List.of(
            "a", "a%b", "a*", "a.b", "a?b", "a[b]", "a\\%b", "a\\_b", "a\\b", "a_b", "axb", "a|b");
    for (String name : names) {
      t.users().create(UserDraft.named(name));
      t.groups().create(GroupDraft.named(name));
    }
    for (String prefix :
        List.of(
            "a", "a%", "a_", "a\\", "a\\%", "a\\_", "a.", "a?", "a*", "a[", "a|", "%", "_", "\\")) {
      List<String> expected =
          names.stream().filter(name -> name.startsWith(prefix)).sorted().toList();
      t.equal(
          "the users whose name begins with " + prefix,
          expected,
          Pages.all(t, page -> t.users().listByPrefix(prefix, page)).stream()
              .map(user -> user.userName().value())
              .toList());
      t.equal(
          "the groups whose name begins with " + prefix,
          expected,
          Pages.all(t, page -> t.groups().listByPrefix(prefix, page)).stream()
              .map(group -> group.displayName().value())
              .toList());
    }
  }

  @Rule(
      id = "PAG-07",
      sentence =
          "A limit outside 1 to 1,000 MUST be InvalidInput that names limit; any other MUST "
              + "be kept to.",
      since = "0.1.0")
  void limitsAreFromOneToAThousand(RuleContext t) {
    for (int limit : new int[] {Integer.MIN_VALUE, -1, 0, Limits.PAGE + 1, Integer.MAX_VALUE}) {
      t.invalid("a limit of " + limit, "limit", () -> t.users().list(PageRequest.of(limit)));
    }
    t.users()
        .upsertAll(
            IntStream.range(0, Limits.PAGE).mapToObj(i -> UserDraft.named("user" + i)).toList());
    t.users().create(UserDraft.named("zoe"));
    Page<User> greatest = t.users().list(PageRequest.of(Limits.PAGE));
    t.equal("records of a page of the greatest limit", Limits.PAGE, greatest.items().size());
    Page<User> rest = t.users().list(PageRequest.of(Limits.PAGE).next(greatest).orElseThrow());
    t.equal(
        "the page after it",
        List.of("zoe"),
        rest.items().stream().map(user -> user.userName().value()).toList());
    t.equal("records of a page of one", 1, t.users().list(PageRequest.of(1)).items().size());
  }

  @Rule(
      id = "PAG-08",
      sentence = "Groups MUST be listed in code point order of the canonical keys of their names.",
      since = "0.1.0")
  void groupsAreInCodePointOrder(RuleContext t) {
    for (int i = GROUP_NAMES.size() - 1; i >= 0; i--) {
      t.groups().create(GroupDraft.named(GROUP_NAMES.get(i)));
    }
    for (int limit : new int[] {1, 3, 1_000}) {
      t.equal(
          "the groups' names in pages of " + limit,
          GROUP_NAMES,
          Pages.walk(t, PageRequest.of(limit), t.groups()::list).stream()
              .map(group -> group.displayName().value())
              .toList());
    }
  }

  @Rule(
      id = "PAG-09",
      sentence =
          "Members MUST be listed in unsigned order of their user ids, memberships in "
              + "unsigned order of their group ids.",
      since = "0.1.0")
  void membershipsAreInUnsignedOrderOfIds(RuleContext t) {
    List<UserId> users = IDS.stream().map(UserId::of).toList();
    List<GroupId> groups = IDS.stream().map(GroupId::of).toList();
    for (int i : new int[] {4, 8, 0, 6, 2, 7, 1, 5, 3}) {
      t.users().create(UserDraft.named("user" + i).withId(users.get(i)));
      t.groups().create(GroupDraft.named("group" + i).withId(groups.get(i)));
    }
    for (int i : new int[] {7, 3, 0, 8, 5, 1, 6, 2, 4}) {
      t.groups().addMember(groups.get(0), users.get(i));
      t.groups().addMember(groups.get(i), users.get(0));
    }
    for (int limit : new int[] {1, 2, 1_000}) {
      t.equal(
          "the members in pages of " + limit,
          users,
          Pages.walk(t, PageRequest.of(limit), page -> t.groups().listMembers(groups.get(0), page))
              .stream()
              .map(Membership::userId)
              .toList());
      t.equal(
          "the memberships in pages of " + limit,
          groups,
          Pages.walk(
                  t, PageRequest.of(limit), page -> t.groups().listMemberships(users.get(0), page))
              .stream()
              .map(Membership::groupId)
              .toList());
    }
  }

  @Rule(
      id = "PAG-10",
      sentence =
          "From every page one MUST get back to what was before it, in the opposite order, "
              + "and forth again.",
      since = "0.1.0")
  void backAndForth(RuleContext t) {
    createUsers(t, t.records(), List.of("a", "b", "c", "d", "e", "f", "g"));
    for (PageRequest first : List.of(PageRequest.of(3), PageRequest.of(3).descending())) {
      Page<User> one = t.users().list(first);
      PageRequest second = first.next(one).orElseThrow();
      Page<User> two = t.users().list(second);
      PageRequest third = second.next(two).orElseThrow();
      Page<User> three = t.users().list(third);
      t.equal("records of the last page", 1, three.items().size());
      PageRequest back = third.back(three).orElseThrow();
      Page<User> again = t.users().list(back);
      t.equal("the page before the last one", reversed(two.items()), again.items());
      PageRequest further = back.next(again).orElseThrow();
      Page<User> start = t.users().list(further);
      t.equal("the page before that", reversed(one.items()), start.items());
      t.equal(
          "what is before the first page",
          List.of(),
          t.users().list(first.back(one).orElseThrow()).items());
      t.equal(
          "forth again from the page before the last one",
          three.items(),
          t.users().list(back.back(again).orElseThrow()).items());
    }
  }

  @Rule(
      id = "PAG-11",
      sentence =
          "Prefix search MUST find by canonical key, in any spelling, and nothing else; "
              + "what no name can begin with is InvalidInput.",
      since = "0.1.0")
  void prefixesAreCanonical(RuleContext t) {
    createUsers(
        t,
        t.records(),
        List.of(
            "Ada",
            "adam",
            "ADELE",
            "\u00C4da",
            "b",
            "\uFA0Ea",
            "\uFA0Eb",
            "\uD840\uDC00a",
            "stra\u00DFe"));
    Map<String, List<String>> expected = new LinkedHashMap<>();
    expected.put("ad", List.of("Ada", "adam", "ADELE"));
    expected.put("AD", List.of("Ada", "adam", "ADELE"));
    expected.put("ａｄａ", List.of("Ada", "adam"));
    expected.put("adam", List.of("adam"));
    expected.put("adams", List.of());
    expected.put("a\u0308", List.of("\u00C4da"));
    expected.put("\uFA0E", List.of("\uFA0Ea", "\uFA0Eb"));
    expected.put("\uD840\uDC00", List.of("\uD840\uDC00a"));
    expected.put("stras", List.of());
    expected.put("STRA\u1E9E", List.of("stra\u00DFe"));
    expected.put("c", List.of());
    expected.forEach(
        (prefix, names) -> {
          t.equal(
              "the users whose name begins with " + prefix,
              names,
              Pages.walk(t, PageRequest.of(2), page -> t.users().listByPrefix(prefix, page))
                  .stream()
                  .map(user -> user.userName().value())
                  .toList());
          t.equal(
              "the same in descending order",
              reversed(names),
              Pages.walk(
                      t,
                      PageRequest.of(2).descending(),
                      page -> t.users().listByPrefix(prefix, page))
                  .stream()
                  .map(user -> user.userName().value())
                  .toList());
        });
    t.equal(
        "the users whose name begins with nothing",
        9,
        Pages.all(t, page -> t.users().listByPrefix("", page)).size());
    for (String name :
        List.of("Engineering Team", "ENGINEERING Ops", "engineering", "engineering-x")) {
      t.groups().create(GroupDraft.named(name));
    }
    t.equal(
        "the groups whose name begins with a word and a space",
        List.of("ENGINEERING Ops", "Engineering Team"),
        Pages.all(t, page -> t.groups().listByPrefix("Engineering ", page)).stream()
            .map(group -> group.displayName().value())
            .toList());
    for (String refused : List.of("a\u0000", "\uD800", "\uFB01", "a b")) {
      t.invalid(
          "a beginning that no user name has",
          "prefix",
          () -> t.users().listByPrefix(refused, PageRequest.of(1)));
    }
  }

  @Rule(
      id = "PAG-12",
      sentence = "A token MUST stay good when the record that it stands beside is gone.",
      since = "0.1.0")
  void aTokenOutlivesItsRecord(RuleContext t) {
    List<String> names = List.of("a", "b", "c", "d", "e", "f", "g");
    for (boolean renames : new boolean[] {false, true}) {
      Repositories records = t.store().tenant(t.newTenant());
      Map<String, User> users = createUsers(t, records, names);
      Group team = records.groups().create(GroupDraft.named("Team"));
      users.values().forEach(user -> records.groups().addMember(team.id(), user.id()));
      Page<User> one = records.users().list(PageRequest.of(3));
      List<Membership> members =
          Pages.all(t, page -> records.groups().listMembers(team.id(), page));
      Page<Membership> three = records.groups().listMembers(team.id(), PageRequest.of(3));
      User last = one.items().get(2);
      if (renames) {
        records.users().update(last.withUserName("0"));
      } else {
        records.users().delete(last.id());
      }
      records.groups().removeMember(team.id(), members.get(2).userId());
      t.equal(
          "the page after a user that is no longer where it was",
          List.of("d", "e", "f"),
          records.users().list(PageRequest.of(3).next(one).orElseThrow()).items().stream()
              .map(user -> user.userName().value())
              .toList());
      t.equal(
          "the members who follow one who left",
          members.subList(3, 7).stream()
              .filter(member -> renames || !member.userId().equals(last.id()))
              .toList(),
          records
              .groups()
              .listMembers(team.id(), PageRequest.of(5).next(three).orElseThrow())
              .items());
    }
  }

  @Rule(
      id = "PAG-13",
      sentence =
          "A text that is no token, or a part of one, MUST be InvalidInput that names "
              + "pageToken.",
      since = "0.1.0")
  void whatIsNoTokenIsRefused(RuleContext t) {
    prepare(t, t.records());
    listings(t.records())
        .forEach(
            (name, listing) -> {
              String token = listing.read(PageRequest.of(1)).nextToken().orElseThrow().value();
              List<String> refused =
                  new ArrayList<>(
                      List.of(
                          "x",
                          "0",
                          "null",
                          "W10",
                          "e30",
                          "\u00E9",
                          "a b",
                          "%00",
                          "'; --",
                          "A".repeat(Limits.PAGE_TOKEN),
                          token + token,
                          token + "A",
                          token.substring(1)));
              for (int end = 1; end < token.length(); end++) {
                refused.add(token.substring(0, end));
              }
              for (String text : refused) {
                t.invalid(
                    "a text that is no token of " + name,
                    "pageToken",
                    () -> listing.read(PageRequest.of(1).after(PageToken.of(text))));
              }
              for (int at = 0; at < token.length(); at++) {
                readsOrRefuses(
                    t, name, listing, token.substring(0, at) + "a" + token.substring(at + 1));
              }
            });
    t.invalid("an empty token", "pageToken", () -> PageToken.of(""));
    t.invalid("a longer token", "pageToken", () -> PageToken.of("A".repeat(Limits.PAGE_TOKEN + 1)));
  }

  /** A token in which one character is another may still be a token; else it is refused as such. */
  private static void readsOrRefuses(RuleContext t, String name, Listing listing, String text) {
    Throwable seen =
        RuleContext.thrownBy(() -> listing.read(PageRequest.of(1).after(PageToken.of(text))));
    if (seen != null) {
      t.equal(
          "the field that is refused in a token of " + name + " that was changed",
          "pageToken",
          t.isA(
                  "what comes of a token of " + name + " that was changed",
                  StoreException.InvalidInput.class,
                  seen)
              .field());
    }
  }

  @Rule(
      id = "PAG-14",
      sentence = "A listing inside a transaction MUST include the transaction's own writes.",
      since = "0.1.0")
  void listsItsOwnWrites(RuleContext t) {
    createUsers(t, t.records(), List.of("a", "c", "e"));
    t.inTransaction(
        tx -> {
          User b = tx.users().create(UserDraft.named("b"));
          tx.users().delete(tx.users().findByUserName("c").orElseThrow().id());
          Group team = tx.groups().create(GroupDraft.named("Team"));
          Membership membership = tx.groups().addMember(team.id(), b.id()).record();
          t.equal(
              "the users inside the transaction",
              List.of("a", "b", "e"),
              Pages.walk(t, PageRequest.of(2), tx.users()::list).stream()
                  .map(user -> user.userName().value())
                  .toList());
          t.equal(
              "the users by prefix inside the transaction",
              List.of(b),
              tx.users().listByPrefix("b", PageRequest.of(2)).items());
          t.equal(
              "the groups inside the transaction",
              List.of(team),
              tx.groups().list(PageRequest.of(2)).items());
          t.equal(
              "the members inside the transaction",
              List.of(membership),
              tx.groups().listMembers(team.id(), PageRequest.of(2)).items());
          t.equal(
              "the memberships inside the transaction",
              List.of(membership),
              tx.groups().listMemberships(b.id(), PageRequest.of(2)).items());
          return true;
        });
    t.equal("users after the commit", 3, t.users().list(PageRequest.of(10)).items().size());
  }

  @Rule(
      id = "PAG-15",
      sentence =
          "With a page token key, a token MUST NOT show what it is made of, MUST be "
              + "accepted by another store with the same key, and MUST be refused with "
              + "InvalidInput with another key, without one, of another tenant, or where a byte "
              + "of it was changed.",
      since = "0.1.0")
  void sealedTokensAreOfOneKey(RuleContext t) {
    PageTokenKey key = newKey(t);
    UserEngineStore store = t.open(StoreOptions.defaults().withPageTokenKey(key));
    Map<String, Listing> here = listings(prepare(t, store.tenant(t.tenant())));
    Map<String, Listing> sameKey = listingsElsewhere(t, key);
    Map<String, Listing> otherKey = listingsElsewhere(t, newKey(t));
    Map<String, Listing> noKey = listingsElsewhere(t, null);
    Map<String, Listing> otherTenant = listings(prepare(t, store.tenant(t.newTenant())));
    here.forEach(
        (name, listing) -> {
          Page<?> page = listing.read(PageRequest.of(1));
          PageToken token = page.nextToken().orElseThrow();
          tellsNothing(t, name, page.firstToken().orElseThrow());
          tellsNothing(t, name, token);
          List<?> follow = listing.read(PageRequest.of(10).after(token)).items();
          List<?> all = listing.read(PageRequest.of(10)).items();
          t.equal("what follows the first one in " + name, all.subList(1, all.size()), follow);
          List<?> there =
              accepts(
                      t,
                      "a token of " + name + " at a store with the same key",
                      sameKey,
                      name,
                      token)
                  .items();
          if (t.fixture().sharedBetweenStores()) {
            t.equal("the one that follows in " + name + " there", follow.subList(0, 1), there);
          }
          refuses(t, "a token of " + name + " at a store with another key", otherKey, name, token);
          refuses(t, "a token of " + name + " at a store without a key", noKey, name, token);
          refuses(t, "a token of another tenant's " + name, otherTenant, name, token);
          refuses(
              t,
              "a token of " + name + " that is not sealed",
              here,
              name,
              read(noKey, name, PageRequest.of(1)).nextToken().orElseThrow());
          for (int at = 0; at < token.value().length(); at++) {
            refuses(
                t,
                "a token of " + name + " that was changed at " + at,
                here,
                name,
                changed(token, at));
          }
        });
    store.inTransaction(
        t.tenant(),
        tx -> {
          here.forEach(
              (name, listing) -> {
                PageToken outside = listing.read(PageRequest.of(1)).nextToken().orElseThrow();
                Page<?> inside =
                    accepts(
                        t,
                        "a token of " + name + " inside a transaction",
                        listings(tx),
                        name,
                        outside);
                tellsNothing(t, name + " inside a transaction", inside.firstToken().orElseThrow());
              });
          return true;
        });
  }

  private static PageTokenKey newKey(RuleContext t) {
    byte[] bytes = new byte[32];
    t.random().nextBytes(bytes);
    return PageTokenKey.of(new SecretKeySpec(bytes, "AES"));
  }

  /** The same tenant's listings, by another store. */
  private static Map<String, Listing> listingsElsewhere(RuleContext t, @Nullable PageTokenKey key) {
    Repositories records = t.open(StoreOptions.defaults().withPageTokenKey(key)).tenant(t.tenant());
    return listings(t.fixture().sharedBetweenStores() ? records : prepare(t, records));
  }

  private static Page<?> read(Map<String, Listing> listings, String name, PageRequest request) {
    return Objects.requireNonNull(listings.get(name)).read(request);
  }

  private static Page<?> accepts(
      RuleContext t, String what, Map<String, Listing> listings, String name, PageToken token) {
    PageRequest request = PageRequest.of(1).after(token);
    t.holds(
        what + " is accepted", RuleContext.thrownBy(() -> read(listings, name, request)) == null);
    Page<?> page = read(listings, name, request);
    t.equal("how many records follow " + what, 1, page.items().size());
    return page;
  }

  private static void refuses(
      RuleContext t, String what, Map<String, Listing> listings, String name, PageToken token) {
    t.invalid(what, "pageToken", () -> read(listings, name, PageRequest.of(1).after(token)));
  }

  /** In base64 the lowest bit of the last character may stand for nothing. */
  private static PageToken changed(PageToken token, int at) {
    String value = token.value();
    int digit = BASE64URL.indexOf(value.charAt(at));
    char other = BASE64URL.charAt(digit < 0 ? 0 : digit ^ 1);
    return PageToken.of(value.substring(0, at) + other + value.substring(at + 1));
  }

  /** Looks for what a listing is sorted by or restricted to, as it is and in layers of base64. */
  private static void tellsNothing(RuleContext t, String name, PageToken token) {
    List<String> parts =
        new ArrayList<>(
            List.of(t.tenant().value(), NAME, SUBJECT.id(), OTHER.id(), LAST.toString()));
    IDS.subList(0, 2).forEach(parts::add);
    String layer = token.value();
    for (int layers = 0; layers < 3 && layer != null; layers++) {
      t.holds(
          "a token of " + name + " does not show what it is made of",
          parts.stream().noneMatch(layer::contains));
      layer = decoded(layer);
    }
  }

  private static @Nullable String decoded(String text) {
    try {
      return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Creates users in another order than the one in which they are listed. */
  private static Map<String, User> createUsers(
      RuleContext t, Repositories records, List<String> names) {
    List<String> shuffled = new ArrayList<>(names);
    Collections.shuffle(shuffled, t.random());
    Map<String, User> users = new HashMap<>();
    for (String name : shuffled) {
      User user = records.users().create(UserDraft.named(name));
      users.put(name, user);
    }
    return users;
  }

  private static <R> List<R> reversed(List<R> items) {
    List<R> reversed = new ArrayList<>(items);
    Collections.reverse(reversed);
    return reversed;
  }

  private static final List<UserId> MEMBERS = IDS.subList(0, 2).stream().map(UserId::of).toList();
  private static final List<GroupId> GROUPS = IDS.subList(0, 2).stream().map(GroupId::of).toList();
  private static final AuditSubject SUBJECT = AuditSubject.of("service", "importer");
  private static final AuditSubject OTHER = AuditSubject.of("service", "exporter");

  /** Two records and more in every listing. */
  private static Repositories prepare(RuleContext t, Repositories records) {
    for (int i = 0; i < 2; i++) {
      records.users().create(UserDraft.named("a" + NAME + i).withId(MEMBERS.get(i)));
      records.groups().create(GroupDraft.named("a" + NAME + i).withId(GROUPS.get(i)));
      records.users().create(UserDraft.named("b" + i));
      records.groups().create(GroupDraft.named("b" + i));
    }
    for (GroupId group : GROUPS) {
      for (UserId user : MEMBERS) {
        records.groups().addMember(group, user);
      }
    }
    for (int i = 0; i < 2; i++) {
      records.audit().append(AuditDraft.of(SUBJECT, "step", SUBJECT));
      records.audit().append(AuditDraft.of(OTHER, "step", OTHER));
    }
    t.equal("how many users there are", 4, records.users().list(PageRequest.of(10)).items().size());
    return records;
  }

  /** Every kind of listing, and each kind restricted in two ways. */
  private static Map<String, Listing> listings(Repositories records) {
    Map<String, Listing> listings = new LinkedHashMap<>();
    listings.put("all users", page -> records.users().list(page));
    listings.put("users with a", page -> records.users().listByPrefix("a", page));
    listings.put("users with b", page -> records.users().listByPrefix("b", page));
    listings.put("all groups", page -> records.groups().list(page));
    listings.put("groups with a", page -> records.groups().listByPrefix("a", page));
    listings.put("groups with b", page -> records.groups().listByPrefix("b", page));
    for (int i = 0; i < 2; i++) {
      GroupId group = GROUPS.get(i);
      UserId user = MEMBERS.get(i);
      listings.put("members of group " + i, page -> records.groups().listMembers(group, page));
      listings.put(
          "memberships of user " + i, page -> records.groups().listMemberships(user, page));
    }
    for (AuditSubject subject : List.of(SUBJECT, OTHER)) {
      listings.put(
          "audit of target " + subject.id(),
          page -> records.audit().list(new AuditFilter.ByTarget(subject), page));
      listings.put(
          "audit of actor " + subject.id(),
          page -> records.audit().list(new AuditFilter.ByActor(subject), page));
    }
    for (int i = 0; i < 2; i++) {
      AuditFilter time = new AuditFilter.ByTime(FIRST.plusSeconds(i), LAST);
      listings.put("audit since " + i, page -> records.audit().list(time, page));
    }
    return listings;
  }
}
