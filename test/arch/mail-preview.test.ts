import { describe, expect, test } from '@jest/globals';
import { allMails } from '../../src/modules/notifications/domain/mails/samples.fixture.ts';
import { mailPreview, previewAt } from '../../web/mail-preview.ts';

describe('the preview of mails', () => {
  test('lists every mail in both languages, in HTML and in text', () => {
    const list = previewAt('/', allMails)?.body ?? '';
    for (const name of Object.keys(allMails('en')))
      for (const path of [`${name}/en.html`, `${name}/en.txt`, `${name}/ru.html`, `${name}/ru.txt`]) {
        expect(list).toContain(`href="/dev/mail/${path}"`);
        expect(previewAt(`/${path}`, allMails)?.body.length).toBeGreaterThan(100);
      }
    expect(list).toContain('Missed messages in Kitchen &amp; &lt;Lunch>');
  });

  test('shows a mail as it is sent', () => {
    expect(previewAt('/missed/ru.html', allMails)).toEqual({ type: 'text/html', body: allMails('ru')['missed']?.html });
    expect(previewAt('/missed/en.txt?again', allMails)).toEqual({ type: 'text/plain', body: allMails('en')['missed']?.text });
  });

  test.each(['/unknown/en.html', '/missed/de.html', '/missed/en.pdf', '/missed', '/../../etc/passwd', '/toString/en.html'])(
    'has nothing at %s',
    (path) => {
      expect(previewAt(path, allMails)).toBeNull();
    },
  );

  test('is no part of a build', () => {
    expect(mailPreview().apply).toBe('serve');
  });
});
