import { Avatar, type AvatarProps } from '../../shared/ui/avatar.tsx';
import { usePerson } from './people.ts';

/** The picture of somebody by id. */
export function PersonAvatar(props: Omit<AvatarProps, 'src'>) {
  const person = usePerson(props.id);
  return <Avatar {...props} src={person?.avatarUrl} />;
}
