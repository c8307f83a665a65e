package io.netkingdom.userengine.store;

/** What stands in the place of what was erased. */
public final class Erasure {

  /** In the place of a label. */
  public static final String LABEL = "erased";

  /** In the place of a JSON object: {@code {"erased":true}}. */
  public static final Json.JsonObject DOCUMENT = Json.object("erased", true);

  private Erasure() {}
}
