-- Users and their federated identities.
--
-- All of it runs in one transaction, which is the runner's: no file holds BEGIN or COMMIT. A statement
-- ends with a semicolon at the end of a line. {schema} stands for the schema that holds the tables.
-- Keys lead with the tenant. COLLATE "C" makes every comparison one of bytes, whatever the database's
-- own locale.

CREATE TABLE {schema}.user_engine_schema_history (
  version  integer          NOT NULL,
  name     text COLLATE "C" NOT NULL,
  checksum text COLLATE "C" NOT NULL,
  applied  timestamptz      NOT NULL,
  duration interval         NOT NULL,
  CONSTRAINT user_engine_schema_history_pk PRIMARY KEY (version)
);

CREATE TABLE {schema}.user_engine_users (
  tenant_id     text COLLATE "C" NOT NULL,
  id            uuid             NOT NULL,
  user_name     text COLLATE "C" NOT NULL,
  user_name_key text COLLATE "C" NOT NULL,
  external_id   text COLLATE "C",
  display_name  text COLLATE "C",
  active        boolean          NOT NULL,
  emails        jsonb            NOT NULL,
  created       timestamptz      NOT NULL,
  last_modified timestamptz      NOT NULL,
  version       bigint           NOT NULL,
  CONSTRAINT user_engine_users_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT user_engine_users_user_name UNIQUE (tenant_id, user_name_key),
  CONSTRAINT user_engine_users_external_id UNIQUE (tenant_id, external_id)
);

CREATE INDEX user_engine_users_emails ON {schema}.user_engine_users USING gin (emails jsonb_path_ops);

CREATE TABLE {schema}.user_engine_identities (
  tenant_id      text COLLATE "C" NOT NULL,
  issuer         text COLLATE "C" NOT NULL,
  subject        text COLLATE "C" NOT NULL,
  user_id        uuid             NOT NULL,
  provider_alias text COLLATE "C",
  created        timestamptz      NOT NULL,
  last_seen      timestamptz,
  CONSTRAINT user_engine_identities_pk PRIMARY KEY (tenant_id, issuer, subject),
  CONSTRAINT user_engine_identities_user FOREIGN KEY (tenant_id, user_id)
    REFERENCES {schema}.user_engine_users (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX user_engine_identities_user_id ON {schema}.user_engine_identities (tenant_id, user_id);

INSERT INTO {schema}.user_engine_schema_history (version, name, checksum, applied, duration)
VALUES (1, 'users_and_identities',
  'ac5c1bdf678918b2805e49c5d8706ccb7d7507453f3c845338596827db59c41f',
  clock_timestamp(), clock_timestamp() - transaction_timestamp());
