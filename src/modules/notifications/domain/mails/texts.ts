import type { Language, MailReader } from '../../ports.ts';

type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

const rules: Readonly<Record<Language, Intl.PluralRules>> = { en: new Intl.PluralRules('en'), ru: new Intl.PluralRules('ru') };

/** The form for a number, which stands in place of `#`. */
const counted = (language: Language, count: number, forms: Forms): string =>
  (forms[rules[language].select(count)] ?? forms.other).replace('#', String(count));

/** `home`: name of the page, as chat.example.org. Names and titles come as people wrote them. */
export interface MailTexts {
  readonly missedIn: (title: string) => string;
  readonly missedFrom: (name: string) => string;
  readonly missedMany: (home: string) => string;
  readonly missedHeading: (conversations: number) => string;
  readonly hiddenText: string;
  readonly mentioned: string;
  readonly answered: string;
  readonly called: string;
  readonly invited: string;
  readonly more: (count: number) => string;
  readonly open: string;
  readonly missedReason: string;
  readonly stopMissed: string;
  readonly newDevice: { readonly subject: (home: string) => string; readonly text: (name: string) => string };
  readonly passwordChanged: { readonly subject: (home: string) => string; readonly text: (name: string) => string };
  readonly notYou: string;
  readonly device: string;
  readonly address: string;
  readonly time: string;
  readonly openHome: string;
  readonly securityReason: string;
  readonly stale: { readonly subject: (device: string) => string; readonly text: (device: string, home: string) => string };
  readonly staleReason: string;
  readonly test: { readonly subject: (home: string) => string; readonly text: (home: string) => string };
  readonly testReason: string;
  readonly alarm: { readonly subject: (home: string) => string; readonly reason: string };
  readonly invite: {
    readonly subject: (name: string, home: string) => string;
    readonly text: string;
    readonly button: string;
    readonly reason: string;
  };
  readonly confirm: { readonly subject: (home: string) => string; readonly text: (name: string) => string; readonly button: string };
  readonly reset: { readonly subject: (home: string) => string; readonly text: (name: string) => string; readonly button: string };
  readonly until: (time: string) => string;
  readonly notAsked: string;
  readonly askedReason: string;
}

const en: MailTexts = {
  missedIn: (title) => `Missed messages in ${title}`,
  missedFrom: (name) => `Missed messages from ${name}`,
  missedMany: (home) => `Missed messages on ${home}`,
  missedHeading: (count) =>
    counted('en', count, { one: 'You missed messages in # conversation', other: 'You missed messages in # conversations' }),
  hiddenText: 'New message',
  mentioned: 'mentioned you',
  answered: 'replied to you',
  called: 'missed call',
  invited: 'invited you',
  more: (count) => counted('en', count, { one: 'and # more message', other: 'and # more messages' }),
  open: 'Open the conversation',
  missedReason: 'These messages waited unread for 15 minutes.',
  stopMissed: 'Stop mails about missed messages',
  newDevice: {
    subject: (home) => `New sign-in on ${home}`,
    text: (name) => `Somebody signed in to your account (${name}). If it was you, there is nothing to do.`,
  },
  passwordChanged: {
    subject: (home) => `Your password on ${home} was changed`,
    text: (name) => `The password of your account (${name}) was changed. If it was you, there is nothing to do.`,
  },
  notYou:
    'If it was not you, change your password at once and sign out the other devices in your settings. If you cannot sign in, ask an admin of your team.',
  device: 'Device',
  address: 'Address',
  time: 'Time',
  openHome: 'Open',
  securityReason: 'You get this mail whenever the security of your account is concerned.',
  stale: {
    subject: (device) => `Do notifications still reach ${device}?`,
    text: (device, home) =>
      `${home} has not been opened on ${device} for 14 days. Browsers let no more notifications through after a while. Open it there once, and they keep coming. If you no longer use that device, remove it in your settings.`,
  },
  staleReason: 'You get this mail once, because you turned notifications on there.',
  test: {
    subject: (home) => `Test mail from ${home}`,
    text: (home) => `This mail shows that mails from ${home} reach you. There is nothing to do.`,
  },
  testReason: 'You get this mail because you or an admin asked for a test.',
  alarm: { subject: (home) => `${home} needs attention`, reason: 'You get this mail because you are an admin of this team.' },
  invite: {
    subject: (name, home) => `${name} invites you to ${home}`,
    text: 'Join the team to write, call and share files with each other.',
    button: 'Join',
    reason: 'If you do not know the sender, ignore this mail.',
  },
  confirm: {
    subject: (home) => `Confirm your e-mail address on ${home}`,
    text: (name) => `Hello ${name}! Confirm that this address is yours.`,
    button: 'Confirm the address',
  },
  reset: {
    subject: (home) => `New password for ${home}`,
    text: (name) => `Hello ${name}! Choose a new password for your account.`,
    button: 'Choose a password',
  },
  until: (time) => `The link works once, until ${time}.`,
  notAsked: 'If you did not ask for this, ignore the mail: nothing changes.',
  askedReason: 'You get this mail because somebody entered your address.',
};

const ru: MailTexts = {
  missedIn: (title) => `Пропущенные сообщения: ${title}`,
  missedFrom: (name) => `Пропущенные сообщения: ${name}`,
  missedMany: (home) => `Пропущенные сообщения на ${home}`,
  missedHeading: (count) =>
    counted('ru', count, {
      one: 'Пропущенные сообщения в # беседе',
      other: 'Пропущенные сообщения в # беседах',
    }),
  hiddenText: 'Новое сообщение',
  mentioned: 'вас упоминают',
  answered: 'ответ вам',
  called: 'пропущенный звонок',
  invited: 'приглашение',
  more: (count) => counted('ru', count, { one: 'и ещё # сообщение', few: 'и ещё # сообщения', other: 'и ещё # сообщений' }),
  open: 'Открыть беседу',
  missedReason: 'Эти сообщения оставались непрочитанными 15 минут.',
  stopMissed: 'Не присылать письма о пропущенных сообщениях',
  newDevice: {
    subject: (home) => `Новый вход на ${home}`,
    text: (name) => `В вашу учётную запись (${name}) вошли. Если это были вы, делать ничего не нужно.`,
  },
  passwordChanged: {
    subject: (home) => `Пароль на ${home} изменён`,
    text: (name) => `Пароль вашей учётной записи (${name}) изменён. Если это сделали вы, ничего больше не нужно.`,
  },
  notYou:
    'Если это были не вы, сразу смените пароль и завершите сеансы на других устройствах в настройках. Если войти не получается, обратитесь к администратору команды.',
  device: 'Устройство',
  address: 'Адрес',
  time: 'Время',
  openHome: 'Открыть',
  securityReason: 'Такие письма приходят, когда дело касается безопасности вашей учётной записи.',
  stale: {
    subject: (device) => `Доходят ли ещё уведомления: ${device}`,
    text: (device, home) =>
      `На устройстве «${device}» страницу ${home} не открывали 14 дней. Со временем браузер перестаёт показывать такие уведомления. Откройте её там один раз, и они будут приходить дальше. Если вы больше не пользуетесь этим устройством, удалите его в настройках.`,
  },
  staleReason: 'Это письмо приходит один раз: вы включали там уведомления.',
  test: {
    subject: (home) => `Проверочное письмо от ${home}`,
    text: (home) => `Раз вы это читаете, письма от ${home} до вас доходят. Делать ничего не нужно.`,
  },
  testReason: 'Проверку запустили вы или администратор.',
  alarm: { subject: (home) => `${home}: нужно вмешательство`, reason: 'Вы получили это письмо как администратор команды.' },
  invite: {
    subject: (name, home) => `${name} приглашает вас на ${home}`,
    text: 'Присоединяйтесь к команде: переписывайтесь, созванивайтесь и обменивайтесь файлами.',
    button: 'Присоединиться',
    reason: 'Если вы не знаете отправителя, просто не обращайте внимания на это письмо.',
  },
  confirm: {
    subject: (home) => `Подтвердите адрес почты на ${home}`,
    text: (name) => `Здравствуйте, ${name}! Подтвердите, что этот адрес ваш.`,
    button: 'Подтвердить адрес',
  },
  reset: {
    subject: (home) => `Новый пароль для ${home}`,
    text: (name) => `Здравствуйте, ${name}! Задайте новый пароль для своей учётной записи.`,
    button: 'Задать пароль',
  },
  until: (time) => `Ссылка сработает один раз, до ${time}.`,
  notAsked: 'Если вы об этом не просили, не обращайте внимания на это письмо: ничего не изменится.',
  askedReason: 'Письмо пришло, потому что кто-то указал ваш адрес.',
};

export const mailTexts: Readonly<Record<Language, MailTexts>> = { en, ru };

/** Day and time by the reader's clock; UTC is named, since the reader's own zone may be another. */
export function timeIn({ language, timeZone }: Pick<MailReader, 'language' | 'timeZone'>, at: string): string {
  const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'ru', { dateStyle: 'medium', timeStyle: 'short', timeZone });
  return timeZone === 'UTC' ? `${format.format(new Date(at))} UTC` : format.format(new Date(at));
}
