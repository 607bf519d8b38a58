// One true exchange with each server, by the client that Confab or its operators use. Each throws when it is not answered well.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { npmPackages } from './install.mjs';
import { answersWith } from './probe.mjs';

const run = promisify(execFile);

/** Clients of the servers, in the cache; the project's own dependencies are its own matter. */
const clients = { amqplib: '2.3.1', mongodb: '7.9.0', minio: '8.0.7', '@azure/storage-blob': '12.32.0', nodemailer: '10.6.1' };

async function client(name) {
  const modules = await npmPackages('clients', clients);
  return createRequire(join(modules, 'any'))(name);
}

export const conversations = {
  async postgres({ DATABASE_URL }) {
    const connection = new pg.Client({ connectionString: DATABASE_URL });
    await connection.connect();
    try {
      await connection.query('CREATE TABLE IF NOT EXISTS letter (body text)');
      await connection.query("INSERT INTO letter VALUES ('here')");
      const { rows } = await connection.query('SELECT DISTINCT body FROM letter');
      assert.deepEqual(rows, [{ body: 'here' }]);
      await connection.query('CREATE DATABASE another');
      await connection.query('DROP DATABASE another');
    } finally {
      await connection.end();
    }
  },

  async redis({ REDIS_URL }) {
    const isAnswer = (received) => received.toString() === '+OK\r\n$4\r\nhere\r\n';
    assert.ok(await answersWith(Number(new URL(REDIS_URL).port), 'SET letter here\r\nGET letter\r\n', isAnswer));
  },

  async rabbitmq({ AMQP_URL }) {
    const connection = await (await client('amqplib')).connect(AMQP_URL);
    try {
      const channel = await connection.createConfirmChannel();
      await channel.assertQueue('letters', { durable: true, arguments: { 'x-queue-type': 'quorum' } });
      await channel.purgeQueue('letters');
      channel.sendToQueue('letters', Buffer.from('here'), { persistent: true });
      await channel.waitForConfirms();
      const letter = await eventually(() => channel.get('letters', { noAck: true }));
      assert.equal(letter.content.toString(), 'here');
    } finally {
      await connection.close();
    }
  },

  async mongodb({ MONGO_URL }) {
    const { MongoClient } = await client('mongodb');
    const connection = await new MongoClient(MONGO_URL).connect();
    try {
      const letters = connection.db().collection('letters');
      const counted = await letters.findOneAndUpdate(
        { _id: 1 },
        { $inc: { seen: 1 } },
        { upsert: true, returnDocument: 'after', writeConcern: { w: 'majority', j: true } },
      );
      assert.ok(counted.seen >= 1);
    } finally {
      await connection.close();
    }
  },

  async minio(variables) {
    const { Client } = await client('minio');
    const { hostname, port } = new URL(variables.S3_ENDPOINT);
    const store = new Client({
      endPoint: hostname,
      port: Number(port),
      useSSL: false,
      accessKey: variables.S3_ACCESS_KEY,
      secretKey: variables.S3_SECRET_KEY,
      region: variables.S3_REGION,
    });
    if (!(await store.bucketExists(variables.S3_BUCKET))) await store.makeBucket(variables.S3_BUCKET, variables.S3_REGION);
    await store.putObject(variables.S3_BUCKET, 'letter', 'here');
    const answer = await fetch(await store.presignedGetObject(variables.S3_BUCKET, 'letter', 60));
    assert.equal(await answer.text(), 'here');
  },

  async azurite({ AZURE_STORAGE_CONNECTION_STRING }) {
    const { BlobServiceClient } = await client('@azure/storage-blob');
    const container = BlobServiceClient.fromConnectionString(AZURE_STORAGE_CONNECTION_STRING).getContainerClient('letters');
    await container.createIfNotExists();
    const blob = container.getBlockBlobClient('letter');
    await blob.upload('here', 4);
    assert.equal((await blob.downloadToBuffer()).toString(), 'here');
  },

  async clamav({ CLAMAV_URL }) {
    const { port } = new URL(CLAMAV_URL);
    assert.ok(await answersWith(Number(port), Buffer.from('zVERSION\0'), (received) => received.toString().startsWith('ClamAV ')));
  },

  async elasticsearch({ ELASTICSEARCH_URL }) {
    const put = await fetch(`${ELASTICSEARCH_URL}/letters/_doc/1?refresh=true`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ body: 'are you here' }),
    });
    assert.ok(put.ok, await put.text());
    const found = await (await fetch(`${ELASTICSEARCH_URL}/letters/_search?q=body:here`)).json();
    assert.equal(found.hits.total.value, 1);
  },

  async coturn({ TURN_URLS, TURN_SECRET }) {
    const port = /:(\d+)\?/.exec(TURN_URLS)[1];
    const user = `${Math.floor(Date.now() / 1000) + 60}:ada`;
    const password = createHmac('sha1', TURN_SECRET).update(user).digest('base64');
    const { stdout } = await run('turnutils_uclient', ['-y', '-n', '5', '-c', '-u', user, '-w', password, '-p', port, '127.0.0.1']);
    assert.match(stdout, /Total lost packets 0 \(0\.0+%\)/);
  },

  async smtp({ SMTP_URL, SMTP_INBOX_URL }) {
    const transport = (await client('nodemailer')).createTransport(SMTP_URL);
    await transport.sendMail({ from: 'ada@example.org', to: 'ben@example.org', subject: 'Are you', text: 'here' });
    await assert.rejects(transport.sendMail({ from: 'ada@example.org', to: 'bounce@example.org', text: 'here' }), { responseCode: 550 });
    const [letter] = await (await fetch(`${SMTP_INBOX_URL}/messages?to=ben@example.org`)).json();
    assert.equal(letter.text.trim(), 'here');
  },

  async prometheus({ PROMETHEUS_URL, PROMETHEUS_TARGETS }) {
    const { host } = new URL(PROMETHEUS_URL);
    await writeFile(join(PROMETHEUS_TARGETS, 'itself.json'), JSON.stringify([{ targets: [host] }]));
    const isUp = async () =>
      (await (await fetch(`${PROMETHEUS_URL}/api/v1/query?query=up`)).json()).data.result.some(({ value }) => value[1] === '1');
    await eventually(isUp);
  },
};

async function eventually(look) {
  for (let tries = 0; tries < 150; tries += 1) {
    const seen = await look();
    if (seen) return seen;
    await sleep(100);
  }
  throw new Error('It did not come about within 15 s.');
}
