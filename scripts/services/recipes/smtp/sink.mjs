// sink.mjs SMTP_PORT HTTP_PORT NODE_MODULES: an SMTP server on 127.0.0.1 that keeps the last letters in memory.
// GET /messages (?to=address) shows them, oldest first; DELETE /messages forgets them. A recipient whose address begins with
// `bounce` is refused with 550, one that begins with `later` with 451.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [smtpPort, httpPort, modules] = process.argv.slice(2);
const require = createRequire(join(modules, 'smtp'));
const { SMTPServer } = require('smtp-server');
const { simpleParser } = require('mailparser');

const mostKept = 1000;
const letters = [];

const server = new SMTPServer({
  disabledCommands: ['STARTTLS'],
  allowInsecureAuth: true,
  authOptional: true,
  disableReverseLookup: true,
  onAuth: (auth, _session, done) => done(null, { user: auth.username ?? 'anyone' }),
  onRcptTo: ({ address }, _session, done) => done(refusalOf(address)),
  onData(stream, session, done) {
    simpleParser(stream).then((letter) => {
      const { mailFrom, rcptTo } = session.envelope;
      letters.push(
        shown(
          letter,
          mailFrom.address,
          rcptTo.map(({ address }) => address),
          session.user ?? null,
        ),
      );
      if (letters.length > mostKept) letters.shift();
      done();
    }, done);
  },
});
server.on('error', (error) => console.error(error.message));
server.listen(Number(smtpPort), '127.0.0.1');

const inbox = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  if (pathname !== '/messages') return response.writeHead(404).end();
  if (request.method === 'DELETE') {
    letters.length = 0;
    return response.writeHead(204).end();
  }
  const to = searchParams.get('to');
  const found = to === null ? letters : letters.filter((letter) => letter.recipients.includes(to));
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(found));
});
inbox.listen(Number(httpPort), '127.0.0.1');

for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(0));

function refusalOf(address) {
  if (address.startsWith('bounce')) return Object.assign(new Error('no such mailbox'), { responseCode: 550 });
  if (address.startsWith('later')) return Object.assign(new Error('mailbox busy'), { responseCode: 451 });
  return null;
}

const shown = (letter, sender, recipients, user) => ({
  sender,
  recipients,
  user,
  subject: letter.subject ?? '',
  text: letter.text ?? '',
  html: letter.html || '',
  headers: Object.fromEntries(letter.headerLines.map(({ key, line }) => [key, line.slice(line.indexOf(':') + 1).trim()])),
  attachments: letter.attachments.map(({ filename, contentType, size }) => ({ filename: filename ?? '', contentType, size })),
});
