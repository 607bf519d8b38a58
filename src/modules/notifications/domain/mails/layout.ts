import type { Language } from '../../ports.ts';

/** A part of a mail, of which HTML and text are both made: neither says what the other does not. */
export type Block =
  | { readonly kind: 'heading' | 'title' | 'text' | 'quiet'; readonly text: string }
  | { readonly kind: 'button'; readonly text: string; readonly url: string }
  | { readonly kind: 'details'; readonly rows: readonly (readonly [label: string, value: string])[] }
  | { readonly kind: 'message'; readonly who: string; readonly when: string; readonly text: string; readonly isMention: boolean };

export interface MailContent {
  readonly language: Language;
  readonly subject: string;
  /** What lists of mails show behind the subject. */
  readonly preview: string;
  readonly blocks: readonly Block[];
  /** Why this mail came. */
  readonly reason: string;
  readonly stop?: { readonly text: string; readonly url: string };
  /** Name and address of the team’s page. */
  readonly home: { readonly name: string; readonly url: string };
}

/** Colours of both schemes; those of the page. A mail program that knows no scheme shows the first. */
const colours = {
  page: ['#f3f4f7', '#0e1014'],
  card: ['#ffffff', '#181b21'],
  text: ['#1a1e26', '#e8eaee'],
  soft: ['#566070', '#a3acba'],
  border: ['#dde1e7', '#323844'],
  link: ['#2f4bc0', '#9db1ff'],
  mention: ['#fff3d6', '#3d3212'],
} as const;

const font = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Noto Sans',Ubuntu,Cantarell,'Helvetica Neue',Arial,sans-serif";

const darkRules = [
  ['.page', `background:${colours.page[1]}`],
  ['.card', `background:${colours.card[1]}`],
  ['.card', `border-color:${colours.border[1]}`],
  ['.text', `color:${colours.text[1]}`],
  ['.soft', `color:${colours.soft[1]}`],
  ['.link', `color:${colours.link[1]}`],
  ['.message', `border-color:${colours.border[1]}`],
  ['.mention', `background:${colours.mention[1]}`],
].map(([selector = '', style = '']) => `${selector}{${style} !important}`);

/** A whole page with its styles in place, as programs of mail read it. No pictures: nothing is loaded from anywhere. */
export function htmlOf({ language, subject, preview, blocks, reason, stop, home }: MailContent): string {
  const stopping = stop ? ` <a class="link" style="color:${colours.link[0]}" href="${escaped(stop.url)}">${escaped(stop.text)}</a>` : '';
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no">
<title>${escaped(subject)}</title>
<style>:root{color-scheme:light dark}@media (max-width:480px){.card{padding:20px 18px !important}}@media (prefers-color-scheme:dark){${darkRules.join('')}}</style>
</head>
<body class="page" style="margin:0;padding:0;background:${colours.page[0]}">
<div style="display:none;max-height:0;overflow:hidden">${escaped(preview)}</div>
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" style="background:${colours.page[0]}"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;table-layout:fixed;font-family:${font};font-size:16px;line-height:24px">
<tr><td class="card" style="background:${colours.card[0]};border:1px solid ${colours.border[0]};border-radius:12px;padding:28px 32px;overflow-wrap:anywhere">
${blocks.map(blockOf).join('\n')}
</td></tr>
<tr><td class="soft" style="padding:16px 8px 0;color:${colours.soft[0]};font-size:13px;line-height:20px;overflow-wrap:anywhere">${escaped(reason)}${stopping}<br><a class="soft" style="color:${colours.soft[0]}" href="${escaped(home.url)}">${escaped(home.name)}</a></td></tr>
</table>
</td></tr></table>
</body>
</html>
`;
}

function blockOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h1 class="text" dir="auto" style="margin:0 0 16px;color:${colours.text[0]};font-size:21px;line-height:28px;font-weight:600">${escaped(block.text)}</h1>`;
    case 'title':
      return `<h2 class="text" dir="auto" style="margin:0 0 10px;color:${colours.text[0]};font-size:17px;line-height:24px;font-weight:600">${escaped(block.text)}</h2>`;
    case 'text':
      return `<p class="text" dir="auto" style="margin:0 0 16px;color:${colours.text[0]}">${escaped(block.text)}</p>`;
    case 'quiet':
      return `<p class="soft" dir="auto" style="margin:0 0 16px;color:${colours.soft[0]};font-size:14px;line-height:20px">${escaped(block.text)}</p>`;
    case 'button':
      return `<p style="margin:8px 0 20px"><a style="display:inline-block;background:#3b5bdb;color:#ffffff;border-radius:8px;padding:11px 20px;font-weight:600;text-decoration:none" href="${escaped(block.url)}">${escaped(block.text)}</a></p>`;
    case 'details':
      return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 16px">${block.rows.map(rowOf).join('')}</table>`;
    case 'message':
      return messageOf(block);
  }
}

const rowOf = ([label, value]: readonly [string, string]): string =>
  `<tr><td class="soft" valign="top" style="padding:2px 16px 2px 0;color:${colours.soft[0]};width:110px">${escaped(label)}</td><td class="text" dir="auto" style="padding:2px 0;color:${colours.text[0]}">${escaped(value)}</td></tr>`;

function messageOf({ who, when, text, isMention }: Extract<Block, { kind: 'message' }>): string {
  const background = isMention ? `background:${colours.mention[0]};` : '';
  const head = `<bdi class="text" style="color:${colours.text[0]};font-weight:600">${escaped(who)}</bdi> <span class="soft" style="color:${colours.soft[0]};font-size:13px">${escaped(when)}</span>`;
  return `<div class="message${isMention ? ' mention' : ''}" style="${background}border-left:3px solid ${colours.border[0]};margin:0 0 12px;padding:6px 12px">${head}<br><span class="text" dir="auto" style="color:${colours.text[0]}">${escaped(text)}</span></div>`;
}

/** The same in plain text. */
export function textOf({ blocks, reason, stop, home }: MailContent): string {
  const stopping = stop ? [`${stop.text}: ${stop.url}`] : [];
  return [...blocks.map(plainBlockOf), '--', [reason, ...stopping, `${home.name}: ${home.url}`].join('\n')].join('\n\n') + '\n';
}

function plainBlockOf(block: Block): string {
  switch (block.kind) {
    case 'button':
      return `${oneLine(block.text)}:\n${block.url}`;
    case 'details':
      return block.rows.map(([label, value]) => `${label}: ${oneLine(value)}`).join('\n');
    case 'message':
      return `${oneLine(block.who)}, ${block.when}\n> ${oneLine(block.text)}`;
    default:
      return oneLine(block.text);
  }
}

/** What people wrote, on one line: no breaks, no other controls, and no marks that turn the direction of what stands behind them. */
export const oneLine = (text: string): string =>
  text
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escaped = (text: string): string => oneLine(text).replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
