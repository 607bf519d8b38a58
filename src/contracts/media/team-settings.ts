import { z } from 'zod';
import { type SettingsOf, teamSettings } from '../define.ts';
import { largestFile } from './files.ts';

const Bytes = z.int().min(0);

export const mediaSettings = teamSettings(
  z.strictObject({
    /** The largest file, bytes; 0: nobody uploads. */
    maxFileBytes: Bytes.max(largestFile),
    /** What the files of one person may take in all, bytes; null: as much as there is room for. */
    personQuotaBytes: Bytes.nullable(),
    /** What all files may take, bytes; one that is there twice counts once. */
    teamQuotaBytes: Bytes.nullable(),
    /** So much of the disk stays free of files, bytes. */
    keptFreeBytes: Bytes,
    /** Media types that may be uploaded, as `image/*`; none named: all. */
    allowedTypes: z.array(z.string().regex(/^[a-z]+\/(?:\*|[\w.+-]+)$/, 'must be a media type, such as image/png or image/*')).max(100),
    /** Pictures are stored without the place where they were taken (GPS of Exif and XMP); nothing else of them changes. */
    removesLocation: z.boolean(),
    /** Files that were uploaded so many days ago are removed, each night; their messages stay, and say so. Null: files are kept for ever. */
    keptDays: z.int().min(1).max(36_500).nullable(),
  }),
  {
    maxFileBytes: 2 * 2 ** 30,
    personQuotaBytes: null,
    teamQuotaBytes: null,
    keptFreeBytes: 2 ** 30,
    allowedTypes: [],
    removesLocation: true,
    keptDays: null,
  },
);
export type MediaSettings = SettingsOf<typeof mediaSettings>;
