-- A dump of version 1 with data, made when it was the newest. Frozen: never made anew.
--
-- PostgreSQL database dump
--

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: released; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA released;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: user_engine_identities; Type: TABLE; Schema: released; Owner: -
--

CREATE TABLE released.user_engine_identities (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    issuer text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C",
    user_id uuid NOT NULL,
    provider_alias text COLLATE pg_catalog."C",
    created timestamp with time zone NOT NULL,
    last_seen timestamp with time zone
);

--
-- Name: user_engine_schema_history; Type: TABLE; Schema: released; Owner: -
--

CREATE TABLE released.user_engine_schema_history (
    version integer NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    checksum text NOT NULL COLLATE pg_catalog."C",
    applied timestamp with time zone NOT NULL,
    duration interval NOT NULL
);

--
-- Name: user_engine_users; Type: TABLE; Schema: released; Owner: -
--

CREATE TABLE released.user_engine_users (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    id uuid NOT NULL,
    user_name text NOT NULL COLLATE pg_catalog."C",
    user_name_key text NOT NULL COLLATE pg_catalog."C",
    external_id text COLLATE pg_catalog."C",
    display_name text COLLATE pg_catalog."C",
    active boolean NOT NULL,
    emails jsonb NOT NULL,
    created timestamp with time zone NOT NULL,
    last_modified timestamp with time zone NOT NULL,
    version bigint NOT NULL
);

--
-- Data for Name: user_engine_identities; Type: TABLE DATA; Schema: released; Owner: -
--

INSERT INTO released.user_engine_identities (tenant_id, issuer, subject, user_id, provider_alias, created, last_seen) VALUES ('acme', 'https://idp.example', '248289761001', '01a21011-c3ab-7570-88d3-afb83f2028d2', 'corporate', '2026-01-01 10:00:01+00', '2026-03-01 10:00:00+00');
INSERT INTO released.user_engine_identities (tenant_id, issuer, subject, user_id, provider_alias, created, last_seen) VALUES ('acme', 'https://idp.example', '248289761002', '01a21011-c3ab-7570-88d3-afb83f2028d2', NULL, '2026-01-01 10:00:02+00', NULL);
INSERT INTO released.user_engine_identities (tenant_id, issuer, subject, user_id, provider_alias, created, last_seen) VALUES ('other', 'https://idp.example', '248289761001', '01a21011-c3ab-7570-88d3-afb83f2028d2', NULL, '2026-01-03 10:00:01+00', NULL);

--
-- Data for Name: user_engine_schema_history; Type: TABLE DATA; Schema: released; Owner: -
--

INSERT INTO released.user_engine_schema_history (version, name, checksum, applied, duration) VALUES (1, 'users_and_identities', '7640d01dbe04b21705982de77255f14fa2d8d78372bf97a6a2a95440a4521123', '2026-11-25 09:23:49.12025+00', '00:00:00.05247');

--
-- Data for Name: user_engine_users; Type: TABLE DATA; Schema: released; Owner: -
--

INSERT INTO released.user_engine_users (tenant_id, id, user_name, user_name_key, external_id, display_name, active, emails, created, last_modified, version) VALUES ('acme', '01a21011-c3ab-7570-88d3-afb83f2028d2', 'Ada', 'ada', 'hr-1', 'Ada Lovelace', true, '[{"key": "ada@example.org", "address": "Ada@Example.org", "primary": true, "verified": true}]', '2026-01-01 10:00:00.123456+00', '2026-02-01 10:00:00+00', 3);
INSERT INTO released.user_engine_users (tenant_id, id, user_name, user_name_key, external_id, display_name, active, emails, created, last_modified, version) VALUES ('acme', '01a21011-c3ab-7570-88d3-afb83f2028d3', 'Grace', 'grace', NULL, NULL, false, '[]', '2026-01-02 10:00:00+00', '2026-01-02 10:00:00+00', 1);
INSERT INTO released.user_engine_users (tenant_id, id, user_name, user_name_key, external_id, display_name, active, emails, created, last_modified, version) VALUES ('other', '01a21011-c3ab-7570-88d3-afb83f2028d2', 'Ünïcode-O''quoted', 'ünïcode-o''quoted', 'hr-1', 'a\b', true, '[]', '2026-01-03 10:00:00+00', '2026-01-03 10:00:00+00', 1);

--
-- Name: user_engine_identities user_engine_identities_pk; Type: CONSTRAINT; Schema: released; Owner: -
--

ALTER TABLE ONLY released.user_engine_identities
    ADD CONSTRAINT user_engine_identities_pk PRIMARY KEY (tenant_id, issuer, subject);

--
-- Name: user_engine_schema_history user_engine_schema_history_pk; Type: CONSTRAINT; Schema: released; Owner: -
--

ALTER TABLE ONLY released.user_engine_schema_history
    ADD CONSTRAINT user_engine_schema_history_pk PRIMARY KEY (version);

--
-- Name: user_engine_users user_engine_users_external_id; Type: CONSTRAINT; Schema: released; Owner: -
--

ALTER TABLE ONLY released.user_engine_users
    ADD CONSTRAINT user_engine_users_external_id UNIQUE (tenant_id, external_id);

--
-- Name: user_engine_users user_engine_users_pk; Type: CONSTRAINT; Schema: released; Owner: -
--

ALTER TABLE ONLY released.user_engine_users
    ADD CONSTRAINT user_engine_users_pk PRIMARY KEY (tenant_id, id);

--
-- Name: user_engine_users user_engine_users_user_name; Type: CONSTRAINT; Schema: released; Owner: -
--

ALTER TABLE ONLY released.user_engine_users
    ADD CONSTRAINT user_engine_users_user_name UNIQUE (tenant_id, user_name_key);

--
-- Name: user_engine_identities_user_id; Type: INDEX; Schema: released; Owner: -
--

CREATE INDEX user_engine_identities_user_id ON released.user_engine_identities USING btree (tenant_id, user_id);

--
-- Name: user_engine_users_emails; Type: INDEX; Schema: released; Owner: -
--

CREATE INDEX user_engine_users_emails ON released.user_engine_users USING gin (emails jsonb_path_ops);

--
-- Name: user_engine_identities user_engine_identities_user; Type: FK CONSTRAINT; Schema: released; Owner: -
--

ALTER TABLE ONLY released.user_engine_identities
    ADD CONSTRAINT user_engine_identities_user FOREIGN KEY (tenant_id, user_id) REFERENCES released.user_engine_users(tenant_id, id) ON DELETE CASCADE;

--
-- PostgreSQL database dump complete
--

