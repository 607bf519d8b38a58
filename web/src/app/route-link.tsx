import type { ReactNode } from 'react';
import { useApp } from './app-context.tsx';
import { pathOf, type Route } from './routes.ts';

export interface RouteLinkProps {
  to: Route;
  className?: string;
  /** The page that is open now. */
  current?: boolean;
  marks?: { unread: boolean; muted: boolean; closed: boolean };
  /** The conversation that the link is a row of. */
  conversationId?: string;
  /** What a screen reader says in place of the content. */
  spoken?: string;
  children: ReactNode;
}

/** A real link, so that it opens in a new tab too; a plain click stays on the page. */
export function RouteLink({ to, className, current = false, marks, conversationId, spoken, children }: RouteLinkProps) {
  const { navigation } = useApp();
  return (
    <a
      href={pathOf(to)}
      className={className}
      aria-current={current ? 'page' : undefined}
      data-unread={marks?.unread ? true : undefined}
      aria-label={spoken}
      data-conversation={conversationId}
      data-muted={marks?.muted ? true : undefined}
      data-closed={marks?.closed ? true : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        navigation.go(to);
      }}
    >
      {children}
    </a>
  );
}
