import { newId } from '../../../kernel/ids.ts';
import { Receipts } from '../receipts.ts';
import { handleShowUnsubscribe } from './show-unsubscribe.ts';

const receipts = new Receipts('a secret of the team');
const show = (token: string, language: string): Response =>
  handleShowUnsubscribe(
    { receipts },
    { input: { token }, request: new Request('https://chat.example.org/', { headers: { 'Accept-Language': language } }) },
  );

test('the link of a mail shows one button, in the language of the browser, and changes nothing by itself', async () => {
  const token = receipts.unsubscribing(newId());
  const [english, russian] = [await show(token, 'de, en;q=0.5').text(), await show(token, 'ru-RU, en;q=0.5').text()];
  expect(english).toContain('<form method="post"><button>Stop these mails</button></form>');
  expect(russian).toContain('<button>Больше не присылать</button>');
  expect(english).not.toContain(token);
});

test('what was made elsewhere shows nothing', () => {
  expect(() => show('no token', 'en')).toThrow(expect.objectContaining({ code: 'not_found' }) as Error);
});
