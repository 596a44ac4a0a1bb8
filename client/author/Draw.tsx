// The signs of the pages for authors, drawn here so that none is fetched and none borrows a meaning.
const drawn = {
  pencil: 'M4 16l.8-3.500L13.500 3.800l2.700 2.700L7.500 15.200zM11.800 5.500l2.700 2.700',
  bold: 'M6 4h4.800a3 3 0 010 6H6zM6 10h5.500a3.200 3.200 0 010 6.400H6z',
  italic: 'M8.500 4h6M5.500 16h6M11.500 4l-3 12',
  heading: 'M5 4v12M15 4v12M5 10h10',
  list: 'M8 5h9M8 10h9M8 15h9M3.800 5v.010M3.800 10v.010M3.800 15v.010',
  link: 'M8.300 11.700a3 3 0 004.300 0l3-3a3 3 0 00-4.300-4.300l-.9.9M11.700 8.300a3 3 0 00-4.300 0l-3 3a3 3 0 004.300 4.300l.9-.9',
  code: 'M7 6l-4 4 4 4M13 6l4 4-4 4',
} as const

export function Draw({ of }: { of: keyof typeof drawn }) {
  return <svg className="ico sign" viewBox="0 0 20 20" aria-hidden="true"><path d={drawn[of]} /></svg>
}
