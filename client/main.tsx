// The doors of the client. A learner's page comes with the first load; what an instructor, the projector or a reader
// needs is fetched when they come.
import { lazy, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { Route, Switch } from 'wouter'
import { recall, useAccount } from './account.ts'
import { watchKeyboard } from './keyboard.ts'
import { Language } from './language.tsx'
import { Class } from './pages/Class.tsx'
import { Enter } from './pages/Enter.tsx'
import { Home } from './pages/Home.tsx'
import { NotFound } from './pages/NotFound.tsx'
import { WalkIn } from './pages/WalkIn.tsx'
import { Announcements } from './parts/Say.tsx'
import './styles/base.css'
import './styles/parts.css'
import './styles/pages.css'

const SignIn = lazy(() => import('./pages/SignIn.tsx'))
const SignInBack = lazy(() => import('./pages/SignInBack.tsx'))
const Account = lazy(() => import('./pages/Account.tsx'))
const Viewing = lazy(() => import('./mine/Viewing.tsx'))
const Screen = lazy(() => import('./pages/Screen.tsx'))
const Course = lazy(() => import('./pages/Course.tsx'))
const Session = lazy(() => import('./pages/Session.tsx'))
const Sessions = lazy(() => import('./pages/Sessions.tsx'))
const Prepared = lazy(() => import('./pages/Prepared.tsx'))
const CohortPage = lazy(() => import('./pages/CohortPage.tsx'))
const People = lazy(() => import('./pages/People.tsx'))
const Places = lazy(() => import('./pages/Places.tsx'))
const Apply = lazy(() => import('./pages/Apply.tsx'))
const Catalogue = lazy(() => import('./pages/Catalogue.tsx'))
const CourseAnalysis = lazy(() => import('./pages/CourseAnalysis.tsx'))
const Dashboard = lazy(() => import('./pages/Dashboard.tsx'))
const Tutor = lazy(() => import('./pages/Tutor.tsx'))
const TutorStaff = lazy(() => import('./pages/TutorStaff.tsx'))
const Topic = lazy(() => import('./pages/Topic.tsx'))
const Write = lazy(() => import('./pages/Write.tsx'))

/** Above every page, while one sees Lectern as somebody else. */
const ViewedAs = () => (useAccount((a) => a.viewing !== null) ? <Suspense fallback={null}><Viewing /></Suspense> : null)

recall()
watchKeyboard()

createRoot(document.getElementById('lectern')!).render(
  <StrictMode>
    <Language>
      <ViewedAs />
      <Suspense fallback={null}>
        <Switch>
          <Route path="/"><Home /></Route>
          <Route path="/join"><Enter /></Route>
          <Route path="/join/:code">{({ code }) => <Enter code={decodeURIComponent(code)} />}</Route>
          <Route path="/walk-in"><WalkIn /></Route>
          <Route path="/sign-in"><SignIn /></Route>
          <Route path="/sign-in/back"><SignInBack /></Route>
          <Route path="/account"><Account /></Route>
          <Route path="/class/:cohortId/:part?/:id?">{({ cohortId, part, id }: { cohortId: string; part?: string; id?: string }) => <Class key={cohortId} cohortId={cohortId} part={part} id={id} />}</Route>
          <Route path="/screen/:cohortId">{({ cohortId }) => <Screen key={cohortId} cohortId={cohortId} />}</Route>
          <Route path="/cohort/:cohortId/sessions">{({ cohortId }) => <Sessions key={cohortId} cohortId={cohortId} />}</Route>
          <Route path="/session/:sessionId">{({ sessionId }) => <Session key={sessionId} sessionId={sessionId} />}</Route>
          <Route path="/cohort/:cohortId/people">{({ cohortId }) => <People key={cohortId} cohortId={cohortId} />}</Route>
          <Route path="/cohort/:cohortId/dashboard/:part?">{({ cohortId, part }: { cohortId: string; part?: string }) => <Dashboard key={cohortId} cohortId={cohortId} part={part} />}</Route>
          <Route path="/cohort/:cohortId/tutor/:part?">{({ cohortId, part }: { cohortId: string; part?: string }) => <TutorStaff key={cohortId} cohortId={cohortId} part={part} />}</Route>
          <Route path="/cohort/:cohortId">{({ cohortId }) => <CohortPage key={cohortId} cohortId={cohortId} />}</Route>
          <Route path="/cohort/:cohortId/prompts">{({ cohortId }) => <Prepared key={cohortId} cohortId={cohortId} />}</Route>
          <Route path="/course/:courseId">{({ courseId }) => <Course courseId={courseId} />}</Route>
          <Route path="/course/:courseId/topic/:topicId">{({ courseId, topicId }) => <Topic courseId={courseId} topicId={topicId} />}</Route>
          <Route path="/course/:courseId/tutor">{({ courseId }) => <Tutor key={courseId} courseId={courseId} />}</Route>
          <Route path="/course/:courseId/write/:part?">{({ courseId, part }) => <Write courseId={courseId} part={part} />}</Route>
          <Route path="/course/:courseId/analysis/:part?">{({ courseId, part }: { courseId: string; part?: string }) => <CourseAnalysis key={courseId} courseId={courseId} part={part} />}</Route>
          <Route path="/catalogue"><Catalogue /></Route>
          <Route path="/places/:nodeId?/:part?">{({ nodeId, part }) => <Places nodeId={nodeId} part={part} />}</Route>
          <Route path="/apply"><Apply /></Route>
          <Route><NotFound /></Route>
        </Switch>
      </Suspense>
      <Announcements />
    </Language>
  </StrictMode>,
)
