import { z } from 'zod';
import { OneUser } from '../auth/one-user.ts';
import { operation } from '../define.ts';
import { Counter } from '../primitives.ts';

/** Files of one person, and their bytes as they were uploaded; uploads that have not ended count with what has come of them. */
const UserFiles = z.strictObject({ files: Counter, bytes: Counter });

export const measureUserFiles = operation({
  name: 'media.measureUserFiles',
  summary: 'How many files a person has uploaded that are there, and their bytes',
  access: 'admin',
  input: OneUser,
  output: UserFiles,
  http: { method: 'GET', path: '/admin/users/:userId/files' },
});

export const removeUserFiles = operation({
  name: 'media.removeUserFiles',
  summary:
    'Remove every file that a person has uploaded until now, their uploads under way, and their picture. Their messages stay and say that an admin removed the files. Answers how many will be removed; a job removes them',
  access: 'admin',
  input: OneUser,
  output: UserFiles,
  http: { method: 'DELETE', path: '/admin/users/:userId/files', status: 202 },
});
