package io.netkingdom.userengine.store;

/**
 * What a sign-in may change of a user who is there already. Whether the user is active is never
 * among it, and what the claims leave null or empty is kept.
 */
public enum SignInChanges {
  /** Nothing: what the claims say counts only when the user is created. */
  NOTHING,

  /**
   * Display name and e-mail addresses. An address that is claimed again stays verified, and stays
   * the primary one unless the claims name another; an address that is no longer claimed is
   * dropped.
   */
  PROFILE,

  /** The profile, and also user name and external id, which another user may hold: a Conflict. */
  KEYS_AND_PROFILE
}
