// The mark and the icons: drawn here, so that none is fetched and none borrows another meaning.
const drawn = {
  lock: 'M4 10.500A1.500 1.500 0 015.500 9h9a1.5 1.5 0 011.5 1.500v5a1.500 1.500 0 01-1.500 1.500h-9A1.500 1.500 0 014 15.500zM7 9V6.500a3 3 0 016 0V9',
  tick: 'M4 10.5l4 4 8-9',
  forth: 'M7.500 4.500L13 10l-5.500 5.500',
  back: 'M12.500 4.500L7 10l5.500 5.500',
  pin: 'M10 12v6M6 3h8l-1 4 2.500 4.500h-11L7 7z',
  talk: 'M3 4h14v10H9l-4 3v-3H3z',
  search: 'M9 3.800a5.200 5.200 0 110 10.400A5.200 5.200 0 019 3.800zM13 13l4 4',
  screen: 'M3.500 4h13a1 1 0 011 1v8a1 1 0 01-1 1h-13a1 1 0 01-1-1V5a1 1 0 011-1zM7 17.500h6M10 14v3.500',
  room: 'M4 3.500h12A1.500 1.500 0 0117.500 5v7a1.500 1.500 0 01-1.500 1.500H4A1.500 1.500 0 012.500 12V5A1.500 1.500 0 014 3.500zM6 17h8',
  book: 'M10 5.500C8.500 4.300 6 3.800 3 3.800v11.400c3 0 5.500.5 7 1.700 1.500-1.200 4-1.700 7-1.700V3.800c-3 0-5.500.5-7 1.700zM10 5.500v11.400',
} as const

export function Icon({ of, className = '' }: { of: keyof typeof drawn; className?: string }) {
  return <svg className={`ico ${className}`} viewBox="0 0 20 20" aria-hidden="true"><path d={drawn[of]} /></svg>
}

export function StarShape({ on }: { on?: boolean }) {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" className={on ? 'on' : undefined}>
      <path d="M10 2.2l2.3 5 5.4.6-4 3.7 1.1 5.4L10 14.2l-4.8 2.7 1.1-5.4-4-3.7 5.4-.6z" />
    </svg>
  )
}

/** The lectern with its lit page; mirrored where the language runs from right to left. */
export function Mark({ size }: { size?: number }) {
  return (
    <svg className="mark flip" viewBox="0 0 32 32" aria-hidden="true" {...(size && { width: size, height: size })}>
      <path d="M4.500 12.800L6 16.400 26.500 8.200M16 12.600V28M9.500 28.400h13" />
      <path className="page" d="M9.300 10.300L23.200 4.700" />
    </svg>
  )
}

export function Brand() {
  return <span className="brand"><Mark /><span>Lectern</span></span>
}
