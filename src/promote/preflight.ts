import type pg from 'pg';
import { durabilityFaults } from '../infra/postgres/durability.ts';
import { isConnectionFailure } from '../infra/postgres/failures.ts';
import { readMarker } from './target.ts';
import { listTables } from './tables.ts';
import { errorText } from '../kernel/errors.ts';

/** Everything that keeps a database from becoming the team's home, each with what to do. None: it is ready, or half-way there. */
export async function targetFaults(target: pg.Pool, source: string): Promise<string[]> {
  try {
    const checks = [durabilityFaults(target), roleFaults(target), contentFaults(target, source)];
    return (await Promise.all(checks)).flat();
  } catch (error) {
    const reason = errorText(error);
    return [
      isConnectionFailure(error)
        ? `the server does not answer (${reason}): start it, or correct the address`
        : `the server refuses us (${reason}): correct user, password and database in the address`,
    ];
  }
}

async function roleFaults(target: pg.Pool): Promise<string[]> {
  const { rows } = await target.query<{
    name: string;
    database: string;
    schemas: boolean;
    tables: boolean;
    standby: boolean;
    frozen: boolean;
  }>(
    `SELECT quote_ident(current_user) AS name, quote_ident(current_database()) AS database,
       has_database_privilege(current_database(), 'CREATE') AS schemas, has_schema_privilege('public', 'CREATE') AS tables,
       pg_is_in_recovery() AS standby, current_setting('default_transaction_read_only') = 'on' AS frozen`,
  );
  const [found] = rows;
  if (!found) return [];
  const { name, database, schemas, tables, standby, frozen } = found;
  return [
    ...(standby ? ['the server is a standby and takes no writes: name its primary'] : []),
    ...(frozen ? ['default_transaction_read_only is on: turn it off for this role and database'] : []),
    ...(schemas ? [] : [`the role may not make schemas: GRANT CREATE ON DATABASE ${database} TO ${name}`]),
    ...(tables ? [] : [`the role may not make tables in public: GRANT CREATE ON SCHEMA public TO ${name}`]),
  ];
}

async function contentFaults(target: pg.Pool, source: string): Promise<string[]> {
  const marker = await readMarker(target);
  if (marker?.source === source && !marker.isFinished) return [];
  if (marker) return [`the database holds ${marker.isFinished ? 'a team' : 'the unfinished copy of another team'}: name an empty one`];
  const tables = await listTables(target);
  if (tables.length === 0) return [];
  const names = tables.slice(0, 3).map(({ name }) => name);
  return [`the database is not empty (${names.join(', ')}${tables.length > 3 ? ', …' : ''}): make an empty one by CREATE DATABASE`];
}
