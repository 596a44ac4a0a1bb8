export default function Screen({ cohortId }: { cohortId: string }) { return cohortId }
