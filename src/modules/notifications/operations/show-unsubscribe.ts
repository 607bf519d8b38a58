import type { Input } from '../../../contracts/define.ts';
import type { showUnsubscribe } from '../../../contracts/notifications/mails.ts';
import { notFound } from '../../../kernel/errors.ts';
import type { RouteCall } from '../../../kernel/routes.ts';
import type { NotificationsParts } from '../parts.ts';

const texts = {
  en: { title: 'Mails about missed messages', text: 'You get mails about messages that you missed.', button: 'Stop these mails' },
  ru: { title: 'Письма о пропущенных сообщениях', text: 'Вам приходят письма о пропущенных сообщениях.', button: 'Больше не присылать' },
} as const;

/** The form goes to the address of the page itself, whose POST needs nothing else. */
export function handleShowUnsubscribe(
  { receipts }: Pick<NotificationsParts, 'receipts'>,
  { input: { token }, request }: RouteCall<Input<typeof showUnsubscribe>>,
): Response {
  if (receipts.unsubscribed(token) === null) throw notFound();
  const language = /^\s*ru\b/i.test(request.headers.get('accept-language') ?? '') ? 'ru' : 'en';
  const { title, text, button } = texts[language];
  const page = `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<main>
<h1>${title}</h1>
<p>${text}</p>
<form method="post"><button>${button}</button></form>
</main>
</html>
`;
  return new Response(page, { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
}
