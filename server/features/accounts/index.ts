// The face of accounts: finding or making a person, signing them in.
export { ended, type Person, person, personOf, type SignIn, signIn, walkInLink } from './store.ts'
