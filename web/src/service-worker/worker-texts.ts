/** The worker has no page and reads no catalogue: what it says itself is little. */
const texts = {
  en: {
    reply: 'Reply',
    replyHint: 'Write a reply',
    markRead: 'Mark as read',
    unknown: 'Something new in Confab',
    unknownText: 'Open it to see what.',
    willBeSent: 'Your reply is not sent yet',
    willBeSentText: 'It goes out when you open Confab: “{text}”',
    notSent: 'Your reply was not sent',
    notMarked: 'Could not be marked as read',
  },
  ru: {
    reply: 'Ответить',
    replyHint: 'Напишите ответ',
    markRead: 'Прочитано',
    unknown: 'Новое в Confab',
    unknownText: 'Откройте, чтобы посмотреть.',
    willBeSent: 'Ответ пока не отправлен',
    willBeSentText: 'Он уйдёт, когда вы откроете Confab: «{text}»',
    notSent: 'Ответ не отправлен',
    notMarked: 'Не удалось отметить прочитанным',
  },
} as const;

export type WorkerTexts = { readonly [K in keyof (typeof texts)['en']]: string };

export const workerTexts = (language: 'en' | 'ru'): WorkerTexts => texts[language];
