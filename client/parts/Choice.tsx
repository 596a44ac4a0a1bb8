// One of a few: a row of segments. As `Choice` it is a set of radio buttons, as `Show` a set of views to look at.
import { type ReactNode, useId } from 'react'

type Option<T> = { value: T; label: ReactNode }

export function Choice<T extends string | number>({ label, options, value, onChange, className = '' }: { label: string; options: Option<T>[]; value: T | null; onChange(value: T): void; className?: string }) {
  const name = useId()
  return (
    <div className={`seg ${className}`} role="radiogroup" aria-label={label}>
      {options.map((o) => (
        <label key={o.value}>
          <input type="radio" name={name} checked={o.value === value} onChange={() => onChange(o.value)} />
          {o.label}
        </label>
      ))}
    </div>
  )
}

export function Show<T extends string>({ label, options, value, onChange }: { label: string; options: Option<T>[]; value: T; onChange(value: T): void }) {
  return (
    <fieldset className="seg" aria-label={label}>
      {options.map((o) => (
        <button key={o.value} type="button" aria-pressed={o.value === value} onClick={() => onChange(o.value)}>{o.label}</button>
      ))}
    </fieldset>
  )
}
