-- Groups and their members, profiles, audit records, the outbox; and users that were erased.
--
-- All of it runs in one transaction, which is the runner's: no file holds BEGIN or COMMIT. A statement
-- ends with a semicolon at the end of a line. {schema} stands for the schema that holds the tables.

-- An erased user's row stays, emptied: its primary key keeps the id from being given to another.
ALTER TABLE {schema}.user_engine_users
  ALTER COLUMN user_name DROP NOT NULL,
  ALTER COLUMN user_name_key DROP NOT NULL,
  ADD COLUMN erased timestamptz,
  ADD CONSTRAINT user_engine_users_erased CHECK ((erased IS NULL) = (user_name_key IS NOT NULL));

CREATE TABLE {schema}.user_engine_groups (
  tenant_id        text COLLATE "C" NOT NULL,
  id               uuid             NOT NULL,
  display_name     text COLLATE "C" NOT NULL,
  display_name_key text COLLATE "C" NOT NULL,
  external_id      text COLLATE "C",
  created          timestamptz      NOT NULL,
  last_modified    timestamptz      NOT NULL,
  version          bigint           NOT NULL,
  CONSTRAINT user_engine_groups_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT user_engine_groups_display_name UNIQUE (tenant_id, display_name_key),
  CONSTRAINT user_engine_groups_external_id UNIQUE (tenant_id, external_id)
);

CREATE TABLE {schema}.user_engine_memberships (
  tenant_id text COLLATE "C" NOT NULL,
  group_id  uuid             NOT NULL,
  user_id   uuid             NOT NULL,
  since     timestamptz      NOT NULL,
  CONSTRAINT user_engine_memberships_pk PRIMARY KEY (tenant_id, group_id, user_id),
  CONSTRAINT user_engine_memberships_group FOREIGN KEY (tenant_id, group_id)
    REFERENCES {schema}.user_engine_groups (tenant_id, id) ON DELETE CASCADE,
  CONSTRAINT user_engine_memberships_user FOREIGN KEY (tenant_id, user_id)
    REFERENCES {schema}.user_engine_users (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX user_engine_memberships_by_user
  ON {schema}.user_engine_memberships (tenant_id, user_id, group_id);

CREATE TABLE {schema}.user_engine_profiles (
  tenant_id     text COLLATE "C" NOT NULL,
  user_id       uuid             NOT NULL,
  namespace     text COLLATE "C" NOT NULL,
  document      jsonb            NOT NULL,
  last_modified timestamptz      NOT NULL,
  version       bigint           NOT NULL,
  CONSTRAINT user_engine_profiles_pk PRIMARY KEY (tenant_id, user_id, namespace),
  CONSTRAINT user_engine_profiles_user FOREIGN KEY (tenant_id, user_id)
    REFERENCES {schema}.user_engine_users (tenant_id, id) ON DELETE CASCADE
);

-- No foreign key: an audit record outlives what it names.
CREATE TABLE {schema}.user_engine_audit (
  tenant_id    text COLLATE "C" NOT NULL,
  id           uuid             NOT NULL,
  position     bigint           NOT NULL GENERATED ALWAYS AS IDENTITY,
  occurred_at  timestamptz      NOT NULL,
  actor_type   text COLLATE "C" NOT NULL,
  actor_id     text COLLATE "C" NOT NULL,
  actor_label  text COLLATE "C",
  action       text COLLATE "C" NOT NULL,
  target_type  text COLLATE "C" NOT NULL,
  target_id    text COLLATE "C" NOT NULL,
  target_label text COLLATE "C",
  outcome      text COLLATE "C" NOT NULL,
  request_id   text COLLATE "C",
  details      jsonb            NOT NULL,
  CONSTRAINT user_engine_audit_pk PRIMARY KEY (tenant_id, id)
);

CREATE INDEX user_engine_audit_by_target
  ON {schema}.user_engine_audit (tenant_id, target_type, target_id, occurred_at, position);

CREATE INDEX user_engine_audit_by_actor
  ON {schema}.user_engine_audit (tenant_id, actor_type, actor_id, occurred_at, position);

CREATE INDEX user_engine_audit_by_time
  ON {schema}.user_engine_audit (tenant_id, occurred_at, position);

-- Read in the order of epoch, transaction and position. Transaction ids grow within one database
-- only, and an epoch is the time that the table spent in one.
CREATE TABLE {schema}.user_engine_outbox (
  tenant_id      text COLLATE "C" NOT NULL,
  id             uuid             NOT NULL,
  epoch          integer          NOT NULL,
  transaction_id xid8             NOT NULL,
  position       bigint           NOT NULL GENERATED ALWAYS AS IDENTITY,
  created        timestamptz      NOT NULL,
  aggregate_type text COLLATE "C" NOT NULL,
  aggregate_id   text COLLATE "C" NOT NULL,
  event_type     text COLLATE "C" NOT NULL,
  payload        jsonb            NOT NULL,
  headers        jsonb            NOT NULL,
  dedup_key      text COLLATE "C",
  CONSTRAINT user_engine_outbox_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT user_engine_outbox_dedup_key UNIQUE (tenant_id, dedup_key)
);

CREATE INDEX user_engine_outbox_in_order
  ON {schema}.user_engine_outbox (tenant_id, epoch, transaction_id, position);

CREATE INDEX user_engine_outbox_by_aggregate
  ON {schema}.user_engine_outbox (tenant_id, aggregate_type, aggregate_id);

-- The databases that the outbox has been in, of which the last may be this one. Of no tenant.
CREATE TABLE {schema}.user_engine_outbox_epochs (
  epoch       integer          NOT NULL,
  fingerprint text COLLATE "C" NOT NULL,
  began       timestamptz      NOT NULL,
  CONSTRAINT user_engine_outbox_epochs_pk PRIMARY KEY (epoch)
);

INSERT INTO {schema}.user_engine_outbox_epochs (epoch, fingerprint, began)
SELECT 1, c.system_identifier || '.' || d.oid || '.' || t.typrelid, clock_timestamp()
FROM pg_catalog.pg_control_system() c
JOIN pg_catalog.pg_database d ON d.datname = pg_catalog.current_database()
JOIN pg_catalog.pg_type t ON t.oid = pg_catalog.pg_typeof(NULL::{schema}.user_engine_outbox);

INSERT INTO {schema}.user_engine_schema_history (version, name, checksum, applied, duration)
VALUES (2, 'groups_profiles_audit_and_outbox',
  '8bc9a0dd592669c1d897f3165ff53fd44a3f2276f5779e238ebd9becb128912b',
  clock_timestamp(), clock_timestamp() - transaction_timestamp());
