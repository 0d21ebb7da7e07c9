import type { Knex } from 'knex';
import { z } from 'zod';
import { isPostgres } from '../store/isPostgres';

/** A statement that was sent, with its values. @internal */
export interface SentStatement {
  sql: string;
  bindings: unknown[];
}

const sentSchema = z.object({
  sql: z.string(),
  bindings: z.array(z.unknown()).default([]),
});

/** Every statement that reads, changes or deletes rows while `work` runs. @internal */
export async function statementsOf(
  knex: Knex,
  work: () => Promise<unknown>,
): Promise<SentStatement[]> {
  const sent: SentStatement[] = [];
  const listen = (query: unknown) => {
    const statement = sentSchema.parse(query);
    if (/^(select|update|delete|with)\b/i.test(statement.sql)) {
      sent.push(statement);
    }
  };
  knex.on('query', listen);
  try {
    await work();
  } finally {
    knex.removeListener('query', listen);
  }
  return sent;
}

/**
 * The tables that a statement reads completely: no index finds the rows, and no
 * order with a limit ends the read early.
 *
 * @internal
 */
export async function fullyReadTables(
  knex: Knex,
  statement: SentStatement,
): Promise<string[]> {
  return isPostgres(knex)
    ? fullyReadByPostgres(knex, statement)
    : fullyReadBySqlite(knex, statement);
}

/** The indexes that a statement uses. @internal */
export async function usedIndexes(
  knex: Knex,
  statement: SentStatement,
): Promise<string[]> {
  if (isPostgres(knex)) {
    return indexesOf(await explainPostgres(knex, statement));
  }
  const plan = await explainSqlite(knex, statement);
  return plan.flatMap(({ detail }) => {
    const [, index] = /USING (?:COVERING )?INDEX (\w+)/.exec(detail) ?? [];
    return index ? [index] : [];
  });
}

const sqlitePlanSchema = z.array(z.object({ detail: z.string() }));

async function fullyReadBySqlite(
  knex: Knex,
  statement: SentStatement,
): Promise<string[]> {
  const plan = await explainSqlite(knex, statement);
  return plan.flatMap(({ detail }) => {
    const [, table] = /^SCAN (\w+)/.exec(detail) ?? [];
    return table ? [table] : [];
  });
}

async function explainSqlite(knex: Knex, { sql, bindings }: SentStatement) {
  const connection = await knex.client.acquireConnection();
  try {
    return sqlitePlanSchema.parse(
      connection.prepare(`explain query plan ${sql}`).all(bindings),
    );
  } finally {
    await knex.client.releaseConnection(connection);
  }
}

interface PostgresNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Index Cond'?: string;
  Plans?: PostgresNode[];
}

const postgresNodeSchema: z.ZodType<PostgresNode> = z.object({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  'Index Name': z.string().optional(),
  'Index Cond': z.string().optional(),
  get Plans() {
    return z.array(postgresNodeSchema).optional();
  },
});

const postgresPlanSchema = z.object({
  rows: z.tuple([
    z.object({
      'QUERY PLAN': z.tuple([z.object({ Plan: postgresNodeSchema })]),
    }),
  ]),
});

async function fullyReadByPostgres(
  knex: Knex,
  statement: SentStatement,
): Promise<string[]> {
  return scansOf(await explainPostgres(knex, statement));
}

async function explainPostgres(
  knex: Knex,
  { sql, bindings }: SentStatement,
): Promise<PostgresNode> {
  const connection = await knex.client.acquireConnection();
  try {
    // Then it doesn't matter how many rows there are or whether they were
    // counted yet: a whole table is read only if there is no other way.
    await connection.query('set enable_seqscan = off');
    await connection.query('set enable_bitmapscan = off');
    const answer = postgresPlanSchema.parse(
      await connection.query(`explain (format json) ${sql}`, bindings),
    );
    return answer.rows[0]['QUERY PLAN'][0].Plan;
  } finally {
    await connection.query('reset all');
    await knex.client.releaseConnection(connection);
  }
}

function indexesOf(node: PostgresNode): string[] {
  const index = node['Index Name'];
  return [...(index ? [index] : []), ...(node.Plans ?? []).flatMap(indexesOf)];
}

function scansOf(node: PostgresNode): string[] {
  const table = node['Relation Name'];
  const here =
    table && / Scan$/.test(node['Node Type']) && !node['Index Cond']
      ? [table]
      : [];
  return [...here, ...(node.Plans ?? []).flatMap(scansOf)];
}
