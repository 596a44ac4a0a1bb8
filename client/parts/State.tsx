// What every page has besides its content: empty, loading, refused, ended. One sentence, one way on.
import { type ReactNode, useEffect, useRef } from 'react'
import { Brand } from './Icons.tsx'

/** A page that says one thing. It takes the focus, so that it is read. */
export function Notice({ kind, title, children, action }: { kind?: string | undefined; title: string; children?: ReactNode; action?: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [title])
  return (
    <main className="notice">
      <Brand />
      {kind && <p className="label">{kind}</p>}
      <h1 tabIndex={-1} ref={heading}>{title}</h1>
      {children && <div className="quiet">{children}</div>}
      {action && <div className="row wrap">{action}</div>}
    </main>
  )
}

/** Lines of the size of what comes, after 300 ms. */
export function Bones({ label, lines = [88, 96, 52] }: { label: string; lines?: number[] }) {
  return (
    <div className="bones late" aria-busy="true" role="status">
      <span className="sr">{label}</span>
      {[...lines.entries()].map(([line, width]) => <div key={line} className="bone" style={{ inlineSize: `${width}%` }} />)}
    </div>
  )
}
