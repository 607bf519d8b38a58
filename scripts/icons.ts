import * as lucide from '@lucide/icons';
import { format, resolveConfig } from 'prettier';

/** Our names of icons, and Lucide's. */
const chosen = {
  search: 'Search',
  plus: 'Plus',
  close: 'X',
  back: 'ChevronLeft',
  expanded: 'ChevronDown',
  userOff: 'UserX',
  next: 'ChevronRight',
  more: 'Ellipsis',
  settings: 'Settings',
  users: 'Users',
  userPlus: 'UserPlus',
  smile: 'Smile',
  reply: 'Reply',
  edit: 'SquarePen',
  trash: 'Trash2',
  copy: 'Copy',
  link: 'Link',
  send: 'SendHorizontal',
  down: 'ArrowDown',
  up: 'ArrowUp',
  check: 'Check',
  checks: 'CheckCheck',
  clock: 'Clock',
  alert: 'CircleAlert',
  bell: 'Bell',
  bellOff: 'BellOff',
  hash: 'Hash',
  lock: 'Lock',
  logOut: 'LogOut',
  moon: 'Moon',
  globe: 'Globe',
  device: 'Monitor',
  key: 'KeyRound',
  user: 'User',
  command: 'Command',
  compass: 'Compass',
  eye: 'Eye',
  eyeOff: 'EyeOff',
  shield: 'Shield',
  retry: 'RefreshCw',
  file: 'File',
  attach: 'Paperclip',
  mic: 'Mic',
  pause: 'Pause',
  play: 'Play',
  pencil: 'Pencil',
  pin: 'Pin',
  unpin: 'PinOff',
  chat: 'MessageSquare',
  wifiOff: 'WifiOff',
} as const;

/** Those that only parts of the page show which are read later: the first load does without them. */
const chosenLater = {
  share: 'Share',
  addSquare: 'SquarePlus',
} as const;

type Chosen = Readonly<Record<string, (typeof chosen)[keyof typeof chosen] | (typeof chosenLater)[keyof typeof chosenLater]>>;

/** By file, the source of the page's icons: of each one path, drawn after Lucide. */
export const iconFiles = async (): Promise<readonly (readonly [file: string, source: string])[]> =>
  Promise.all([
    written('web/src/shared/icon-paths.ts', 'iconPaths', chosen),
    written('web/src/shared/late-icon-paths.ts', 'lateIconPaths', chosenLater),
  ]);

async function written(file: string, constant: string, icons: Chosen): Promise<readonly [string, string]> {
  const lines = Object.entries(icons).map(([name, theirs]) => `  ${name}: '${pathOf(lucide[theirs].node)}',`);
  const source = [
    '// Written by `npm run icons` from Lucide (ISC License, Copyright (c) Lucide Icons and Contributors).',
    '// Part of it derives from Feather (MIT License, Copyright (c) 2013-present Cole Bemis).',
    `export const ${constant} = {`,
    ...lines,
    '} as const;',
    '',
  ].join('\n');
  return [file, await format(source, { ...(await resolveConfig(file)), filepath: file })];
}

type Node = (typeof lucide)[Chosen[string]]['node'];
type Attributes = Readonly<Record<string, string | number | undefined>>;

/** The shapes of an icon as one path: a page that draws a path each needs no code per kind of shape. */
const pathOf = (node: Node): string => node.map(([kind, attributes]) => shapes(kind, attributes)).join('');

function shapes(kind: string, attributes: Attributes): string {
  const at = (name: string): number => Number(attributes[name] ?? 0);
  // A path that begins with a relative move counts from the origin, and not from where the last one ended.
  if (kind === 'path') return String(attributes['d']).replace(/^m/, 'M0 0m');
  if (kind === 'circle') return `M${String(at('cx') - at('r'))} ${String(at('cy'))}${round(at('r'))}`;
  if (kind === 'line') return `M${String(at('x1'))} ${String(at('y1'))}L${String(at('x2'))} ${String(at('y2'))}`;
  if (kind === 'rect') return box(at('x'), at('y'), at('width'), at('height'), at('rx') || at('ry'));
  throw new Error(`Lucide has drawn a ${kind}, which is not known here: add it to scripts/icons.ts.`);
}

const round = (r: number): string => {
  const [radius, width] = [String(r), String(2 * r)];
  return `a${radius} ${radius} 0 1 0 ${width} 0a${radius} ${radius} 0 1 0-${width} 0z`;
};

function box(x: number, y: number, width: number, height: number, r: number): string {
  const corner = (dx: number, dy: number) => (r === 0 ? '' : `a${String(r)} ${String(r)} 0 0 1 ${String(dx)} ${String(dy)}`);
  return [
    `M${String(x + r)} ${String(y)}h${String(width - 2 * r)}${corner(r, r)}`,
    `v${String(height - 2 * r)}${corner(-r, r)}`,
    `h${String(2 * r - width)}${corner(-r, -r)}`,
    `v${String(2 * r - height)}${corner(r, -r)}z`,
  ].join('');
}
