import { type AppWithTeam, openAppWithTeam } from '../../../test/harness/app-with-team.ts';
import type { TestAppOptions } from '../../../test/harness/app.ts';
import type { Actor } from '../../../test/harness/team.ts';
import * as modules from '../../host/module-list.ts';
import type { ModuleDefinition } from '../../kernel/module.ts';
import type { Channels } from './channels.ts';
import { notificationsModuleWith } from './module.ts';
import type { Answer, Finding, Mail, Note, PushTarget } from './ports.ts';

/** A push service and a mail server that remember what they got. */
export class PlayedProviders {
  readonly notes: { readonly target: PushTarget; readonly note: Note }[] = [];
  readonly mails: Mail[] = [];
  /** What the push service says to the next sends; accepted when it has nothing to say. */
  answers: Answer[] = [];
  /** The same of one endpoint. */
  readonly answersAt = new Map<string, Answer[]>();
  /** What the mail server says to the next mails; accepted when it has nothing to say. */
  mailAnswers: Answer[] = [];
  /** What a check of the push service and of the mail server finds. */
  findings: Finding[] = [];
  /** Called before each answer. */
  before: () => Promise<void> = () => Promise.resolve();

  get channels(): Channels {
    const check = () => Promise.resolve(this.findings);
    const mail = (to: string, kind: string, eventId: string): Mail => {
      return { to, subject: kind, html: '', text: '', messageId: `<${eventId}@test>`, references: [], headers: {} };
    };
    return {
      push: [
        {
          kind: 'webpush',
          off: null,
          check,
          send: async (target, note) => {
            this.notes.push({ target, note });
            await this.before();
            const own = target.kind === 'webpush' ? this.answersAt.get(target.endpoint)?.shift() : undefined;
            return own ?? this.answers.shift() ?? { outcome: 'accepted', detail: '201 Created' };
          },
        },
        { kind: 'fcm', off: 'off: set FCM_CREDENTIALS', check, send: () => Promise.reject(new Error('it is off')) },
      ],
      keys: { publicKey: () => Promise.resolve('a-public-key') },
      mail: {
        mailer: {
          off: null,
          check,
          send: (sent) => {
            this.mails.push(sent);
            return Promise.resolve(this.mailAnswers.shift() ?? { outcome: 'accepted', detail: '250 OK' });
          },
        },
        writer: {
          missed: ({ address }, { eventId, conversations }) => ({
            ...mail(address, 'missed', eventId),
            text: JSON.stringify(conversations),
          }),
          security: ({ address }, { eventId }) => mail(address, 'security', eventId),
          staleDevice: ({ address }, { eventId }) => mail(address, 'stale', eventId),
          alarm: ({ address }, { eventId, what }) => ({ ...mail(address, 'alarm', eventId), text: what.join() }),
          invite: ({ address, language }, { eventId, url, inviterName }) => ({
            ...mail(address, 'invite', eventId),
            text: `${language} ${inviterName} ${url}`,
          }),
          test: ({ address }, { eventId }) => mail(address, 'test', eventId),
        },
      },
    };
  }

  /** What this endpoint got. */
  notesAt(endpoint: string): Note[] {
    return this.notes.flatMap(({ target, note }) => (target.kind === 'webpush' && target.endpoint === endpoint ? [note] : []));
  }
}

export interface NotifiedTeam extends AppWithTeam {
  readonly providers: PlayedProviders;
}

/** An app with a team whose pushes and mails are played. */
export async function openNotifiedTeam(options: TestAppOptions = {}): Promise<NotifiedTeam> {
  const providers = new PlayedProviders();
  return { ...(await openAppWithTeam({ ...options, definitions: definitionsWith(providers) })), providers };
}

export function definitionsWith(providers: PlayedProviders): readonly ModuleDefinition[] {
  const { notificationsModule: _, ...others } = modules;
  return [...Object.values(others), notificationsModuleWith(providers.channels)] as unknown as ModuleDefinition[];
}

let made = 0;
const keys = { p256dh: 'B'.repeat(87), auth: 'a'.repeat(22) };

/** A browser of somebody that gets pushes; answers its endpoint and its id. */
export async function subscribes(actor: Actor, name = String(++made)): Promise<{ endpoint: string; id: string }> {
  const endpoint = `https://push.example.net/${actor.name}-${name}`;
  const { id } = await actor.api.ok<{ id: string }>('POST', '/notifications/subscriptions', { kind: 'webpush', endpoint, keys });
  return { endpoint, id };
}
