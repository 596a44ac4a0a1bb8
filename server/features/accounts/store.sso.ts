// Tables: sso_configs, sso_domains: the providers of organisations.
import { createHash } from 'node:crypto'
import type { Sql } from '#kernel/sql'
import type { Sso } from './contract.ts'

/** What must stand in the DNS of a domain: it names the provider and its issuer, so that another issuer needs another record. */
export const recordOf = (ssoId: string, issuer: string, domain: string) => ({
  name: `_lectern.${domain}`, value: `lectern-sso=${createHash('sha256').update(`${ssoId} ${issuer} ${domain}`).digest('base64url').slice(0, 32)}`,
})

const SSO = `s.sso_id AS "ssoId", s.node_id AS "nodeId", s.name, s.issuer, s.client_id AS client, r.key AS role, s.enabled, s.row_version AS "rowVersion",
  coalesce((SELECT jsonb_agg(jsonb_build_object('domain', d.domain, 'provenAt', to_char(d.proven_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY d.domain) FROM sso_domains d WHERE d.sso_id = s.sso_id), '[]') AS domains
  FROM sso_configs s LEFT JOIN auth_role r USING (role_id)`
type Row = Omit<Sso, 'redirectUri' | 'domains'> & { domains: { domain: string; provenAt: string | null }[] }
const shown = (redirectUri: string) => (s: Row): Sso => ({ ...s, redirectUri, domains: s.domains.map((d) => ({ ...d, record: recordOf(s.ssoId, s.issuer, d.domain) })) })

/** The providers of a place and of those below it, by name. */
export const ssoAt = async (sql: Sql, nodeId: string, redirectUri: string): Promise<Sso[]> => (await sql<Row>(
  `SELECT ${SSO} JOIN organization_node n USING (node_id) JOIN organization_node at ON at.node_id = $1 AND at.org_id = n.org_id AND n.path <@ at.path ORDER BY s.name, s.sso_id LIMIT 500`, [nodeId])).map(shown(redirectUri))
export const ssoShown = async (sql: Sql, ssoId: string, redirectUri: string): Promise<Sso | undefined> => (await sql<Row>(`SELECT ${SSO} WHERE s.sso_id = $1`, [ssoId])).map(shown(redirectUri))[0]

export type Config = { ssoId: string; orgId: string; nodeId: string; name: string; issuer: string; client: string; sealed: string; roleId: string | null; role: string | null; enabled: boolean; rowVersion: number; domains: string[]; proven: string[] }
const CONFIG = `SELECT s.sso_id AS "ssoId", s.org_id AS "orgId", s.node_id AS "nodeId", s.name, s.issuer, s.client_id AS client, s.secret_enc AS sealed, s.role_id AS "roleId", r.key AS role, s.enabled, s.row_version AS "rowVersion",
    ARRAY(SELECT domain FROM sso_domains d WHERE d.sso_id = s.sso_id ORDER BY domain) AS domains, ARRAY(SELECT domain FROM sso_domains d WHERE d.sso_id = s.sso_id AND proven_at IS NOT NULL ORDER BY domain) AS proven
  FROM sso_configs s LEFT JOIN auth_role r USING (role_id)`
export const configOf = async (sql: Sql, ssoId: string) => (await sql<Config>(`${CONFIG} WHERE s.sso_id = $1`, [ssoId]))[0]
/** The one provider that has proven that this domain is its people's, where it may be used. */
export const configFor = async (sql: Sql, domain: string) => (await sql<Config>(
  `${CONFIG} WHERE s.enabled AND EXISTS (SELECT 1 FROM sso_domains d WHERE d.sso_id = s.sso_id AND d.domain = $1 AND d.proven_at IS NOT NULL)`, [domain]))[0]

/** Whether any organisation's provider may be used at all. */
export const hasProven = async (sql: Sql): Promise<boolean> => (await sql('SELECT 1 FROM sso_domains d JOIN sso_configs s USING (sso_id) WHERE d.proven_at IS NOT NULL AND s.enabled LIMIT 1')).length > 0

export const insertConfig = (sql: Sql, c: Omit<Config, 'role' | 'rowVersion' | 'domains' | 'proven'>) => sql(
  'INSERT INTO sso_configs (sso_id, org_id, node_id, name, issuer, client_id, secret_enc, role_id, enabled) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
  [c.ssoId, c.orgId, c.nodeId, c.name, c.issuer, c.client, c.sealed, c.roleId, c.enabled])
export const saveConfig = (sql: Sql, c: Omit<Config, 'role' | 'domains' | 'proven'>) => sql(
  'UPDATE sso_configs SET name = $2, issuer = $3, client_id = $4, secret_enc = $5, role_id = $6, enabled = $7, row_version = row_version + 1 WHERE sso_id = $1',
  [c.ssoId, c.name, c.issuer, c.client, c.sealed, c.roleId, c.enabled])
export const deleteConfig = (sql: Sql, ssoId: string) => sql('DELETE FROM sso_configs WHERE sso_id = $1', [ssoId])

/** These domains and no others; those that were proven stay so, unless `anew`. */
export async function putDomains(sql: Sql, { ssoId, orgId }: Pick<Config, 'ssoId' | 'orgId'>, domains: readonly string[], anew: boolean): Promise<void> {
  await sql('DELETE FROM sso_domains WHERE sso_id = $1 AND NOT (domain = ANY($2))', [ssoId, domains])
  await sql('INSERT INTO sso_domains (sso_id, org_id, domain) SELECT $1, $2, d FROM unnest($3::text[]) AS d ON CONFLICT DO NOTHING', [ssoId, orgId, domains])
  if (anew) await sql('UPDATE sso_domains SET proven_at = NULL WHERE sso_id = $1', [ssoId])
}

/** Writes down that a domain is proven; false where another provider has it. */
export const proved = async (sql: Sql, ssoId: string, domain: string, at: Date) => (await sql(
  `UPDATE sso_domains SET proven_at = $3 WHERE sso_id = $1 AND domain = $2 AND NOT EXISTS (SELECT 1 FROM sso_domains o WHERE o.domain = $2 AND o.sso_id <> $1 AND o.proven_at IS NOT NULL) RETURNING 1`, [ssoId, domain, at])).length > 0
