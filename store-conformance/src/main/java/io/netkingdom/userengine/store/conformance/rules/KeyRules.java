package io.netkingdom.userengine.store.conformance.rules;

import io.netkingdom.userengine.store.Group;
import io.netkingdom.userengine.store.GroupDraft;
import io.netkingdom.userengine.store.GroupName;
import io.netkingdom.userengine.store.GroupRepository;
import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserName;
import io.netkingdom.userengine.store.UserRepository;
import io.netkingdom.userengine.store.conformance.check.Counts;
import io.netkingdom.userengine.store.conformance.check.Rule;
import io.netkingdom.userengine.store.conformance.check.RuleContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Section KEY: canonical keys, as adapters apply them. */
final class KeyRules {

  /**
   * Names that differ from one another by case, width, composition, or by the letters with which
   * software that folds on its own goes wrong.
   */
  private static final List<String> SPELLINGS =
      List.of(
          "ada",
          "Ada",
          "ADA",
          "ａｄａ",
          "ＡＤＡ",
          "rene\u0301",
          "ren\u00E9",
          "REN\u00C9",
          "RENE\u0301",
          "rene",
          "title",
          "TITLE",
          "t\u0131tle",
          "T\u0130TLE",
          "ti\u0307tle",
          "\u03C3igma",
          "\u03A3igma",
          "\u03C2igma",
          "logo\u03C3",
          "logo\u03C2",
          "LOGO\u03A3",
          "stra\u00DFe",
          "strasse",
          "STRASSE",
          "STRA\u1E9EE",
          "\uFF76\uFF9E",
          "\u30AC",
          "\u30AB",
          "a_b",
          "a%b",
          "a.b",
          "aXb");

  @Rule(
      id = "KEY-01",
      sentence =
          "Two user names MUST collide exactly when the canonicaliser of store-api gives "
              + "them one key.",
      since = "0.1.0")
  void collideExactlyAsTheCanonicaliserSays(RuleContext t) {
    for (String first : SPELLINGS) {
      TenantId tenant = t.newTenant();
      UserRepository users = t.store().tenant(tenant).users();
      UserName holder = UserName.of(first);
      users.create(UserDraft.named(first));
      for (String second : SPELLINGS) {
        UserName other = UserName.of(second);
        boolean same = holder.key().equals(other.key());
        t.equal(
            "whether " + second + " finds " + first, same, users.findByUserName(other).isPresent());
        Throwable refusal = RuleContext.thrownBy(() -> users.create(UserDraft.named(second)));
        t.equal(
            "whether " + second + " conflicts with " + first,
            same,
            refusal instanceof StoreException.Conflict);
        if (!same) {
          t.holds(second + " is another name than " + first, refusal == null);
          users.findByUserName(other).ifPresent(user -> users.delete(user.id()));
        }
      }
    }
  }

  @Rule(
      id = "KEY-02",
      sentence =
          "Variants that the profile maps (case, width, composition) MUST collide; forms "
              + "that it forbids MUST be InvalidInput, also when looked up.",
      since = "0.1.0")
  void mappedVariantsCollideAndForbiddenOnesAreRefused(RuleContext t) {
    t.users().create(UserDraft.named("ren\u00E9e"));
    for (String variant :
        List.of("Ren\u00E9e", "REN\u00C9E", "rene\u0301e", "RENE\u0301E", "ｒｅｎ\u00E9ｅ")) {
      t.conflicts(
          "a variant that the profile maps",
          "userName",
          () -> t.users().create(UserDraft.named(variant)));
    }
    // Bengali and Devanagari, in letters and the parts that they are made of canonically.
    for (List<String> spellings :
        List.of(
            List.of("\u09B9\u09C3\u09A6\u09AF\u09BC", "\u09B9\u09C3\u09A6\u09DF"),
            List.of("\u0915\u093C\u093E", "\u0958\u093E"))) {
      t.users().create(UserDraft.named(spellings.get(0)));
      t.conflicts(
          "a letter that is typed whole",
          "userName",
          () -> t.users().create(UserDraft.named(spellings.get(1))));
      t.holds(
          "looking for a letter that is typed whole finds its parts",
          t.users().findByUserName(spellings.get(1)).isPresent());
    }
    // A ligature, a Roman numeral, a superscript, the trade mark sign, and a space.
    for (String forbidden : List.of("\uFB01n", "\u2163", "x\u00B2", "\u2122", "two words")) {
      t.invalid(
          "a compatibility form that the profile forbids",
          "userName",
          () -> t.users().create(UserDraft.named(forbidden)));
      t.invalid(
          "looking for a name that the profile forbids",
          "userName",
          () -> t.users().findByUserName(forbidden));
    }
  }

  @Rule(
      id = "KEY-03",
      sentence = "A canonical key MUST be its own canonical key, and MUST find its user.",
      since = "0.1.0")
  void aKeyIsItsOwnKey(RuleContext t) {
    for (String name : SPELLINGS) {
      TenantId tenant = t.newTenant();
      UserRepository users = t.store().tenant(tenant).users();
      User user = users.create(UserDraft.named(name));
      String key = user.userName().key();
      t.equal("the key of a key", key, UserName.of(key).key());
      t.equal("the user found by its key", Optional.of(user), users.findByUserName(key));
      t.conflicts(
          "a user that is named as another's key",
          "userName",
          () -> users.create(UserDraft.named(key)));
    }
  }

  /** Turkish lower-cases I without a dot, and Lithuanian adds one: both have broken user names. */
  @Rule(
      id = "KEY-04",
      sentence =
          "Canonical keys MUST NOT depend on the JVM's locale, nor on a locale or collation "
              + "of the engine.",
      since = "0.1.0")
  void doNotDependOnTheLocale(RuleContext t) {
    Locale before = Locale.getDefault();
    User user = t.users().create(UserDraft.named("TITLE-I\u0300"));
    try {
      for (String language : List.of("tr", "lt", "az", "en")) {
        Locale.setDefault(Locale.forLanguageTag(language));
        t.equal(
            "the user found under locale " + language,
            Optional.of(user),
            t.users().findByUserName("title-\u00EC"));
        t.conflicts(
            "the same name under locale " + language,
            "userName",
            () -> t.users().create(UserDraft.named("Title-\u00CC")));
        t.users().create(UserDraft.named("QUIET-" + language + "-I"));
      }
    } finally {
      Locale.setDefault(before);
    }
    for (String language : List.of("tr", "lt", "az", "en")) {
      t.holds(
          "a user created under locale " + language + " is found under another",
          t.users().findByUserName("quiet-" + language + "-i").isPresent());
    }
  }

  @Rule(
      id = "KEY-05",
      sentence =
          "Names and ids that are blank, or hold NUL, a lone surrogate, or in a name a "
              + "control character or an unassigned code point, MUST be InvalidInput that names "
              + "the field; nothing is stored.",
      since = "0.1.0")
  void refuseWhatIsNoName(RuleContext t) {
    List<String> refused =
        new ArrayList<>(
            List.of("", " ", "\t", "\u3000", "a\u0000b", "a\nb", "a\u007Fb", "a\u0085b"));
    refused.add("a\uD83D");
    refused.add("\uDE00a");
    refused.add("a\u0378");
    refused.add("a" + Character.toString(0xE0080));
    for (String name : refused) {
      t.invalid(
          "creating a user of that name",
          "userName",
          () -> t.users().create(UserDraft.named(name)));
      t.invalid(
          "looking for a user of that name", "userName", () -> t.users().findByUserName(name));
    }
    for (String text : List.of("", "a\u0000", "\uD800", "a\uDC00")) {
      t.invalid(
          "an external id that is no text",
          "externalId",
          () -> t.users().create(UserDraft.named("ada").withExternalId(text)));
      t.invalid(
          "a subject that is no text",
          "subject",
          () -> t.identities().find(IdentityKey.of("https://idp.example", text)));
      t.invalid(
          "an issuer that is no text",
          "issuer",
          () -> t.identities().find(IdentityKey.of(text, "1")));
    }
    t.equal("what is stored after that", 0L, Counts.users(t, t.records()));
  }

  @Rule(
      id = "KEY-06",
      sentence =
          "Renaming a user to a taken key MUST be a Conflict; to its own key in another "
              + "spelling it MUST succeed.",
      since = "0.1.0")
  void renaming(RuleContext t) {
    UserRepository users = t.users();
    User ada = users.create(UserDraft.named("ada"));
    User grace = users.create(UserDraft.named("grace"));
    t.conflicts(
        "renaming to a taken key", "userName", () -> users.update(grace.withUserName("ADA")));
    t.equal("the user after that", Optional.of(grace), users.find(grace.id()));

    User respelled = users.update(ada.withUserName("Ada"));
    t.equal("the name in its other spelling", "Ada", respelled.userName().value());
    t.equal("the version after respelling", ada.version() + 1, respelled.version());
    t.equal(
        "the user found by the first spelling",
        Optional.of(respelled),
        users.findByUserName("ada"));
  }

  @Rule(id = "KEY-07", sentence = "Absent external ids MUST NOT collide.", since = "0.1.0")
  void absentKeysNeverCollide(RuleContext t) {
    for (int i = 0; i < 3; i++) {
      String name = "user" + i;
      t.equal(
          "the external id of a user without one",
          null,
          t.users().create(UserDraft.named(name)).externalId());
    }
    User holder = t.users().create(UserDraft.named("holder").withExternalId("1"));
    t.users().update(holder.withExternalId(null));
    t.equal("users without an external id", 4L, Counts.users(t, t.records()));
    t.holds(
        "an external id that was given up is free",
        t.users().create(UserDraft.named("other").withExternalId("1")).version() == 1);
  }

  @Rule(
      id = "KEY-08",
      sentence = "A key that is taken in one tenant MUST be free in every other.",
      since = "0.1.0")
  void tenantsHaveKeysOfTheirOwn(RuleContext t) {
    TenantId other = t.newTenant();
    UserDraft draft = UserDraft.named("ada").withExternalId("1").withEmail("ada@example.org");
    User here = t.users().create(draft);
    User there = t.store().tenant(other).users().create(draft.withId(here.id()));
    t.identities().link(here.id(), "https://idp.example", "1");
    t.store().tenant(other).identities().link(there.id(), "https://idp.example", "1");
    t.equal("the user here", Optional.of(here), t.users().findByUserName("ada"));
    t.equal(
        "the user there",
        Optional.of(there),
        t.store().tenant(other).users().findByUserName("ada"));
    t.equal("the holders here", List.of(here), t.users().findByEmail("ada@example.org"));
    t.equal("users here", 1L, Counts.users(t, t.records()));
    t.equal("users there", 1L, Counts.users(t, t.store().tenant(other)));
    String name = t.tenant().value();
    for (String resembling :
        List.of(name.toUpperCase(Locale.ROOT), name + " ", name.replace('-', '_'))) {
      t.equal(
          "find in a tenant whose name merely resembles",
          Optional.empty(),
          t.store().tenant(TenantId.of(resembling)).users().findByUserName("ada"));
    }
  }

  @Rule(id = "KEY-09", sentence = "The keys of a deleted user MUST be free again.", since = "0.1.0")
  void aDeletedUsersKeysAreFree(RuleContext t) {
    UserDraft draft = UserDraft.named("ada").withExternalId("1");
    IdentityKey identity = IdentityKey.of("https://idp.example", "1");
    User first = t.users().create(draft);
    t.identities().link(first.id(), identity.issuer(), identity.subject());
    t.users().delete(first.id());
    t.equal("find by the deleted user's name", Optional.empty(), t.users().findByUserName("ada"));
    t.equal(
        "find by the deleted user's external id",
        Optional.empty(),
        t.users().findByExternalId("1"));
    User second = t.users().create(draft);
    t.holds("another user is not the deleted one", !second.id().equals(first.id()));
    t.equal("the user who now has the name", Optional.of(second), t.users().findByUserName("ADA"));
    t.identities().link(second.id(), identity.issuer(), identity.subject());
    t.equal(
        "the user who now has the identity",
        Optional.of(second),
        t.identities().findUser(identity));
  }

  @Rule(
      id = "KEY-10",
      sentence =
          "Issuer, subject and external id MUST compare exactly: by case, width, "
              + "composition, white space and all.",
      since = "0.1.0")
  void outsideIdsCompareExactly(RuleContext t) {
    // Equal to a database that ignores case, trailing spaces, width or composition.
    List<String> distinct =
        List.of(
            "Id",
            "id",
            "ID",
            "id ",
            " id",
            "ｉｄ",
            "\u0131d",
            "\u0130D",
            "e\u0301",
            "\u00E9",
            "stra\u00DFe",
            "strasse",
            "\u212A",
            "k",
            "K",
            "\u200Bid",
            "i%",
            "i_",
            "\\id");
    List<User> users = new ArrayList<>();
    for (int i = 0; i < distinct.size(); i++) {
      String value = distinct.get(i);
      User user = t.users().create(UserDraft.named("user" + i).withExternalId(value));
      t.identities().link(user.id(), "https://idp.example", value);
      t.identities().link(user.id(), value, "subject");
      users.add(user);
    }
    for (int i = 0; i < distinct.size(); i++) {
      String value = distinct.get(i);
      Optional<User> user = Optional.of(users.get(i));
      t.equal("the user found by external id", user, t.users().findByExternalId(value));
      t.equal(
          "the user found by subject",
          user,
          t.identities().findUser(IdentityKey.of("https://idp.example", value)));
      t.equal(
          "the user found by issuer",
          user,
          t.identities().findUser(IdentityKey.of(value, "subject")));
    }
  }

  /** The table of docs/contract.md, literally: it must not follow whatever the code computes. */
  @Rule(
      id = "KEY-11",
      sentence =
          "Sigma, final sigma, sharp s, dotted and dotless i, and the Kelvin sign MUST "
              + "behave as the table of canonical keys states.",
      since = "0.1.0")
  void specialLettersBehaveAsTheTableStates(RuleContext t) {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("LOGO\u03A3", "logo\u03C2");
    keys.put("logo\u03C2", "logo\u03C2");
    keys.put("logo\u03C3", "logo\u03C3");
    keys.put("\u03A3OPHIA", "\u03C3ophia");
    keys.put("stra\u00DFe", "stra\u00DFe");
    keys.put("STRA\u1E9EE", "stra\u00DFe");
    keys.put("strasse", "strasse");
    keys.put("T\u0130TLE", "ti\u0307tle");
    keys.put("t\u0131tle", "t\u0131tle");
    keys.put("TITLE", "title");
    for (String name : keys.keySet()) {
      UserRepository users = t.store().tenant(t.newTenant()).users();
      User user = users.create(UserDraft.named(name));
      t.equal("the key of " + name, keys.get(name), user.userName().key());
      for (String other : keys.keySet()) {
        t.equal(
            "whether " + other + " finds " + name,
            Objects.equals(keys.get(name), keys.get(other)),
            users.findByUserName(other).isPresent());
      }
    }
    t.invalid(
        "a name with the Kelvin sign",
        "userName",
        () -> t.users().create(UserDraft.named("\u212Aelvin")));
  }

  @Rule(
      id = "KEY-12",
      sentence = "The key that a user had before it was renamed MUST be free and find nobody.",
      since = "0.1.0")
  void aRenamedUsersOldKeyIsFree(RuleContext t) {
    User ada = t.users().create(UserDraft.named("ada"));
    User renamed = t.users().update(ada.withUserName("Countess"));
    t.equal("find by the name before", Optional.empty(), t.users().findByUserName("ada"));
    t.equal(
        "the user found by the name after",
        Optional.of(renamed),
        t.users().findByUserName("countess"));
    User other = t.users().create(UserDraft.named("ADA"));
    t.equal("the user who now has the name", Optional.of(other), t.users().findByUserName("ada"));
    t.conflicts(
        "renaming back to a name that was taken since",
        "userName",
        () -> t.users().update(renamed.withUserName("Ada")));
  }

  @Rule(
      id = "KEY-13",
      sentence =
          "Two group names MUST collide exactly when the canonicaliser of store-api gives "
              + "them one key.",
      since = "0.1.0")
  void groupNamesCollideExactlyAsTheCanonicaliserSays(RuleContext t) {
    List<String> spellings =
        List.of(
            "Engineering Team",
            "engineering team",
            " Engineering\u00A0Team ",
            "Engineering\u3000Team",
            "Engineering-Team",
            "EngineeringTeam",
            "\u00C9quipe",
            "e\u0301quipe",
            "Equipe",
            "\u2163",
            "iv",
            "stra\u00DFe",
            "STRA\u1E9EE",
            "strasse",
            "T\u0130TLE",
            "title",
            "\uFB01n",
            "fin");
    for (String first : spellings) {
      GroupRepository groups = t.store().tenant(t.newTenant()).groups();
      GroupName holder = GroupName.of(first);
      groups.create(GroupDraft.named(first));
      for (String second : spellings) {
        GroupName other = GroupName.of(second);
        boolean same = holder.key().equals(other.key());
        t.equal(
            "whether " + second + " finds " + first,
            same,
            groups.findByDisplayName(other).isPresent());
        Throwable refusal = RuleContext.thrownBy(() -> groups.create(GroupDraft.named(second)));
        t.equal(
            "whether " + second + " conflicts with " + first,
            same,
            refusal instanceof StoreException.Conflict);
        if (!same) {
          t.holds(second + " is another name than " + first, refusal == null);
          groups.findByDisplayName(other).ifPresent(group -> groups.delete(group.id()));
        }
      }
    }
  }

  @Rule(
      id = "KEY-14",
      sentence =
          "Keys of groups MUST be taken, kept in another spelling, and freed by renaming "
              + "and deleting as those of users are, apart by tenant and from those of users.",
      since = "0.1.0")
  void groupNamesAreTakenAndFreedAsUserNamesAre(RuleContext t) {
    Group team = t.groups().create(GroupDraft.named("Team").withExternalId("1"));
    Group other = t.groups().create(GroupDraft.named("Other"));
    GroupRepository elsewhere = t.store().tenant(t.newTenant()).groups();
    Group theirs = elsewhere.create(GroupDraft.named("Team").withExternalId("1").withId(team.id()));
    t.equal("the group elsewhere", Optional.of(theirs), elsewhere.findByDisplayName("team"));
    t.conflicts(
        "renaming a group to a taken key",
        "displayName",
        () -> t.groups().update(other.withDisplayName("TEAM")));
    Group respelled = t.groups().update(team.withDisplayName("TEAM"));
    t.equal(
        "the group found by the first spelling",
        Optional.of(respelled),
        t.groups().findByDisplayName("Team"));
    Group renamed = t.groups().update(respelled.withDisplayName("Squad"));
    t.equal("find by the name before", Optional.empty(), t.groups().findByDisplayName("team"));
    t.equal(
        "the group found by the name after",
        Optional.of(renamed),
        t.groups().findByDisplayName("SQUAD"));
    Group second = t.groups().create(GroupDraft.named("Team"));
    t.groups().delete(renamed.id());
    t.equal(
        "find by a deleted group's name", Optional.empty(), t.groups().findByDisplayName("squad"));
    t.equal(
        "find by a deleted group's external id",
        Optional.empty(),
        t.groups().findByExternalId("1"));
    Group third = t.groups().create(GroupDraft.named("squad").withExternalId("1"));
    t.equal(
        "the group that now has the name",
        Optional.of(third),
        t.groups().findByDisplayName("Squad"));
    t.equal(
        "the group that took the first name", Optional.of(second), t.groups().find(second.id()));
    t.users().create(UserDraft.named("team").withExternalId("1"));
    t.equal(
        "a user's name and external id leave the groups' alone",
        Optional.of(third),
        t.groups().findByExternalId("1"));
  }
}
