// What may be done, in words. The table `auth_permission` holds the same keys; a test compares them.
export const PERMISSIONS = {
  'org.create': 'found another organisation on this server',
  'node.read': 'see the places of the organisation',
  'node.write': 'make, name, move and remove places',
  'role.write': 'make and change roles',
  'grant.read': 'see who may do what, and why',
  'grant.write': 'grant and deny, and take back',
  'key.write': 'make and revoke keys for programs',
  'person.view_as': 'see Lectern as somebody else does',
  'sso.write': 'set up how people of the organisation sign in',
  'tutor.review': 'decide on applications of tutors',
  'course.staff': 'decide who teaches a course',
  'course.write': 'write courses',
  'course.read': 'read courses',
  'cohort.write': 'make and change cohorts',
  'cohort.teach': 'lead classes',
  'cohort.observe': 'watch classes and their progress',
} as const
export type Permission = keyof typeof PERMISSIONS
export const isPermission = (key: string): key is Permission => Object.hasOwn(PERMISSIONS, key)
