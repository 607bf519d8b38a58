import { silentLogger } from '../../../../../kernel/telemetry/logger.ts';
import { createMetrics } from '../../../../../infra/telemetry/prometheus-metrics.ts';
import { PostgresSearch } from './search.ts';
import { IndexBench } from './search/index.fixture.ts';

test('what the index writes waits for no disk, and neither do its merges', async () => {
  const bench = await IndexBench.open();
  const { database } = bench;
  const search = new PostgresSearch({ database, logger: silentLogger, metrics: createMetrics(), writeLoad: () => 'low' });
  try {
    await search.catchUp();
    await database.query('CREATE TABLE seen (commit text NOT NULL)');
    await database.query(`CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN INSERT INTO seen VALUES (current_setting('synchronous_commit')); RETURN NULL; END $$`);
    await database.query('CREATE TRIGGER see AFTER INSERT OR DELETE ON chat.search_postings FOR EACH STATEMENT EXECUTE FUNCTION see()');
    for (let n = 0; n < 12; n++) {
      await bench.say('zebra');
      await search.catchUp();
    }
    await database.query('UPDATE chat.search_blocks SET parts = 128');
    await search.catchUp();
    expect(await database.query('SELECT DISTINCT commit FROM seen')).toEqual([{ commit: 'off' }]);
    expect(await database.query(`SELECT part FROM chat.search_postings WHERE term = 's:zebra'`)).toHaveLength(1);
  } finally {
    await search.stop();
    await bench.close();
  }
});
