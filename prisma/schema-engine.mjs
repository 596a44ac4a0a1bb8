#!/usr/bin/env node
// Offline stand-in for Prisma's native schema-engine: same argv + JSON-RPC-over-stdio, run on @prisma/schema-engine-wasm + @prisma/adapter-pg.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { parseArgs } from "node:util";
import * as bg from "@prisma/schema-engine-wasm/schema_engine_bg";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import pg from "pg";
import parseUrl from "pg-connection-string";
import Result from "pg/lib/result.js";
// @prisma/adapter-pg 7 no longer maps the catalogs' internal "char" (OID 18), which the schema engine reads: show it as bpchar (1042).
const addFields = Result.prototype.addFields;
// The engine wants them back as characters (it stops at the first CHECK constraint otherwise): remember their names, `mended` retypes them.
const chars = new Set();
Result.prototype.addFields = function (fields) { for (const f of fields) if (f.dataTypeID === 18) { f.dataTypeID = 1042; chars.add(f.name); } return addFields.call(this, fields); };
// adapter-pg cuts a script at every semicolon, also inside a string or a function's body: send the whole instead.
const mended = (conn) => { conn.executeScript = async (script) => { await conn.underlyingDriver().query(script); };
  const queryRaw = conn.queryRaw.bind(conn); conn.queryRaw = async (q) => { const r = await queryRaw(q);
  return { ...r, columnTypes: r.columnTypes.map((t, i) => (chars.has(r.columnNames[i]) ? ColumnTypeEnum.Character : t)) }; }; return conn; };

const { values, positionals } = parseArgs({ allowPositionals: true, strict: false, options: {
  datamodels: { type: "string", multiple: true }, datasource: { type: "string" }, version: { type: "boolean" },
  "enabled-preview-features": { type: "string" }, "extension-types": { type: "string" } } });
const require = createRequire(import.meta.url);
const dir = require.resolve("@prisma/schema-engine-wasm/schema_engine_bg").replace(/\.js$/, ".wasm");
const { instance } = await WebAssembly.instantiate(readFileSync(dir), { "./schema_engine_bg.js": bg });
bg.__wbg_set_wasm(instance.exports);
instance.exports.__wbindgen_start();
if (values.version) { console.log("schema-engine-wasm " + bg.version()); process.exit(0); }
const url = JSON.parse(values.datasource ?? "{}").url;
const log = (level, fields) => process.stderr.write(JSON.stringify({ timestamp: new Date().toISOString(), level, fields, target: "schema_engine::logger" }) + "\n");
const admin = async (fn) => { const u = new URL(url), db = decodeURIComponent(u.pathname.slice(1)); u.pathname = "/postgres";
  const c = new pg.Client({ connectionString: u.href }); await c.connect(); try { return await fn(c, db); } finally { await c.end(); } };
const createDb = () => admin(async (c, db) => { await c.query(`CREATE DATABASE ${c.escapeIdentifier(db)}`); return { databaseName: db }; });
if (positionals[0] === "cli") {
  log("INFO", { message: "Starting schema engine CLI" });   // the CLI drops the first stderr line
  try {
    if (positionals[1] === "create-database") await createDb();
    else { const c = new pg.Client({ connectionString: url }); await c.connect(); await c.end(); }
    process.exit(0);
  } catch (e) {
    log("ERROR", { message: e.code === "3D000" ? "Database does not exist" : String(e.message), error_code: e.code === "3D000" ? "P1003" : "P1001" });
    process.exit(1);
  }
}
const datamodels = (values.datamodels ?? []).map((f) => [f, readFileSync(f, "utf8")]);
// url-less `migrate diff --from-empty`: the adapter is never connected.
const parse = (u) => parseUrl.parse(u);   // as fields: a connectionString would override the shadow database's name
const config = parse(url ?? "postgresql://offline@127.0.0.1:1/none");
class Adapter extends PrismaPg {
  async connect() { return mended(await super.connect()); }
  async connectToShadowDb() {   // adapter-pg's own drops the database while its pool still holds it open
    const database = `prisma_migrate_shadow_db_${crypto.randomUUID()}`;
    await admin((c) => c.query(`CREATE DATABASE "${database}"`));
    const conn = mended(await new PrismaPg({ ...config, database }).connect()), dispose = conn.dispose.bind(conn);
    conn.dispose = async () => { await dispose(); await admin((c) => c.query(`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`)); };
    return conn;
  }
}
const factory = bindMigrationAwareSqlAdapterFactory(new Adapter(config));
let panic; globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (m) => { panic = m; process.stderr.write(m + "\n"); } };
let engine;
const getEngine = () => (engine ??= bg.SchemaEngine.new({ datamodels: datamodels.length ? datamodels : undefined }, (l) => {}, factory));
let printId = 1e6;
const send = (o) => process.stdout.write(JSON.stringify({ jsonrpc: "2.0", ...o }) + "\n");
const rename = { getDatabaseVersion: "version" };
let diagnosed, applied = false;   // after applyMigrations the engine has lost its shadow database, until a devDiagnostic finds it again
for await (const line of createInterface({ input: process.stdin })) {
  const m = JSON.parse(line);
  if (!m.method) continue;                       // reply to our "print"
  try {
    let result;
    if (m.method === "createDatabase") result = await createDb();
    else {
      const e = await getEngine();
      if (m.method === "devDiagnostic") diagnosed = m.params;
      if (m.method === "evaluateDataLoss" && applied && diagnosed) { await e.devDiagnostic(diagnosed); applied = false; }
      applied ||= m.method === "applyMigrations";
      result = (await e[rename[m.method] ?? m.method](m.params ?? {})) ?? {};
      if (m.method === "diff" && result.stdout != null) { send({ id: printId++, method: "print", params: { content: result.stdout } }); result = { exitCode: result.exitCode }; }
    }
    send({ id: m.id, result });
  } catch (e) {
    send({ id: m.id, error: { code: 4466, message: "An error happened. Check the data field for details.", data: { is_panic: false, message: String(e?.message ?? e), error_code: e?.code ?? null, meta: e?.meta ?? null } } });
  }
}
process.exit(0);
