/**
 * AMQP identifies the links of a session by name and direction. The library uses the name
 * alone and would close the connection for a second link of the same name.
 */
import type { AttachFrame, Link, Session } from './amqp-library.ts';

/** What to do with links that clash. */
export interface LinkClashes {
  /** Detaches a link when another one with its name and direction is attached. */
  steal(link: Link): void;
  /** Called when a link uses the handle of another one; it gets no answer. */
  handleInUse(name: string): void;
  /** Called when a waiting link is attached. It may have got credit before. */
  attachedLate(link: Link): void;
}

/** Lets a session hold links of one name in both directions, and replaces a link of the same direction. */
export function tellLinksApart(session: Session, clashes: LinkClashes): void {
  const { remote, local, links, on_detach } = session;
  /** Links that wait until another one is detached: clients can't tell two links of one name apart. */
  const waiting = new Map<Link, { readonly frame: AttachFrame; readonly for: Link }>();

  const admit = (link: Link, frame: AttachFrame): void => {
    const other = Object.values(links).find(
      (one) =>
        one !== link &&
        one.name === link.name &&
        one.is_sender() === link.is_sender() &&
        one.is_remote_open(),
    );
    if (other === undefined) {
      const isLate = waiting.delete(link);
      link.on_attach(frame);
      if (isLate) clashes.attachedLate(link);
      return;
    }
    waiting.set(link, { frame, for: other });
    clashes.steal(other);
  };

  session.create_link = (name, Kind, options) => {
    let handle = 0;
    while (local.handles[handle] !== undefined) handle++;
    const link = new Kind(session, name, handle, options);
    links[handle] = link;
    local.handles[handle] = link;
    return link;
  };
  session.on_attach = (frame) => {
    const { name, handle, role: toClient } = frame.performative;
    if (remote.handles[handle]?.is_remote_open()) {
      clashes.handleInUse(name);
      return;
    }
    const link = toClient ? session.create_sender(name) : session.create_receiver(name);
    remote.handles[handle] = link;
    link.remote.handle = handle;
    admit(link, frame);
  };
  session.on_detach = (frame) => {
    const gone = session._get_link(frame);
    const own = waiting.get(gone);
    if (own !== undefined) {
      // The client gave it up before it was attached.
      waiting.delete(gone);
      gone.on_attach(own.frame);
    }
    on_detach.call(session, frame);
    for (const [link, { frame: attach, for: other }] of [...waiting]) {
      if (other === gone) admit(link, attach);
    }
  };
  session.remove_link = (link) => {
    const { handle } = link.remote;
    // The handle may belong to another link by now.
    if (handle !== undefined && remote.handles[handle] === link) delete remote.handles[handle];
    const own = link.local.handle;
    if (links[own] === link) delete links[own];
    if (local.handles[own] === link) delete local.handles[own];
  };
}
