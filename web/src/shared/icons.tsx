import { iconPaths } from './icon-paths.ts';

/** Outline icons, 24 × 24, drawn with the current colour; hidden from screen readers, so whatever uses one carries its own label. */
export const Icon = ({ name, size }: { name: IconName; size?: number }) => <Drawing path={iconPaths[name]} size={size} />;

export type IconName = keyof typeof iconPaths;

/** One that stands in no list of names. */
export function Drawing({ path, size = 20 }: { path: string; size?: number | undefined }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={path} />
    </svg>
  );
}
