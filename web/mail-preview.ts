import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const samples = fileURLToPath(new URL('../src/modules/notifications/domain/mails/samples.fixture.ts', import.meta.url));
const at = '/dev/mail';

interface SampleMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** By name, every mail in a language. */
export type SampleMails = (language: Language) => Readonly<Record<string, SampleMail>>;

const languages = ['en', 'ru'] as const;
type Language = (typeof languages)[number];

/** Every mail with sample data, at `/dev/mail` of the development server: no build has it. A change of a template shows on the next reload. */
export function mailPreview(): Plugin {
  return {
    name: 'confab-mail-preview',
    apply: 'serve',
    configureServer({ middlewares, ssrLoadModule }) {
      middlewares.use(at, (request, response, next) => {
        ssrLoadModule(samples).then((loaded) => {
          const page = previewAt(request.url ?? '/', (loaded as { allMails: SampleMails }).allMails);
          if (page) response.setHeader('Content-Type', `${page.type}; charset=utf-8`).end(page.body);
          else next();
        }, next);
      });
    },
  };
}

/** The list of mails at `/`, a mail at `/<name>/<language>.html`, and its text for readers without HTML at `.txt`; null for any other path. */
export function previewAt(path: string, allMails: SampleMails): { readonly type: string; readonly body: string } | null {
  const [pathname = ''] = path.split('?');
  if (pathname === '/' || pathname === '') return { type: 'text/html', body: listOf(allMails) };
  const [, name = '', language, kind] = /^\/(\w+)\/(en|ru)\.(html|txt)$/.exec(pathname) ?? [];
  const mails = language === undefined ? {} : allMails(language as Language);
  const mail = Object.hasOwn(mails, name) ? mails[name] : undefined;
  if (!mail) return null;
  return kind === 'txt' ? { type: 'text/plain', body: mail.text } : { type: 'text/html', body: mail.html };
}

function listOf(allMails: SampleMails): string {
  const rows = Object.keys(allMails('en')).map(
    (name) => `<tr><th>${name}</th>${languages.map((language) => cellOf(allMails, { name, language })).join('')}</tr>`,
  );
  const style =
    ':root{color-scheme:light dark}body{font:15px/1.5 sans-serif;margin:24px}td,th{padding:6px 12px;text-align:left;vertical-align:top}a{margin-right:8px}';
  const note = 'The theme of the browser decides between light and dark. A change of a template shows on the next reload.';
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Mails</title><style>${style}</style><h1>Mails</h1><p>${note}</p><table>${rows.join('')}</table></html>`;
}

function cellOf(allMails: SampleMails, { name, language }: { name: string; language: Language }): string {
  const links = ['html', 'txt'].map((kind) => `<a href="${at}/${name}/${language}.${kind}">${language} ${kind}</a>`);
  return `<td lang="${language}">${escaped(allMails(language)[name]?.subject ?? '')}<br>${links.join('')}</td>`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
