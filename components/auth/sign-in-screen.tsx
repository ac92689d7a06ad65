'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Brand } from '#components/ui/brand';
import { Button } from '#components/ui/button';
import { useSay } from '#components/words/words-context';
import { loadAuthClient } from './load-auth-client.ts';
import { type SignIn, SignInForm } from './sign-in-form.tsx';

export type SignInScreenProps = { guestAccess: boolean; signUp: boolean };

/** What somebody without a session sees, at any address; afterwards the page they asked for appears. */
export function SignInScreen({ guestAccess, signUp }: SignInScreenProps) {
  const say = useSay();
  const { attempt, busy, problem } = useSignIn();
  return (
    <main className="flex min-h-dvh justify-center p-6 pt-[max(1.5rem,16dvh)]">
      <title>{say('page.title', { title: say('page.signIn') })}</title>
      <div className="w-full max-w-sm">
        <Brand className="mb-6 text-xl" />
        <h1 className="text-2xl font-semibold tracking-tight text-balance">{say('signIn.headline')}</h1>
        <p className="mt-2 text-muted-foreground">{say('signIn.promise')}</p>
        {guestAccess && <GuestEntry attempt={attempt} busy={busy} />}
        <SignInForm attempt={attempt} busy={busy} className={guestAccess ? '' : 'mt-8'} signUp={signUp} />
        <p className="mt-4 min-h-6 text-sm text-danger" role="alert">
          {problem}
        </p>
      </div>
    </main>
  );
}

/** One try at a time. problem: why the last one failed */
function useSignIn() {
  const say = useSay();
  const router = useRouter();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const attempt = async (signIn: SignIn) => {
    setBusy(true);
    setProblem(null);
    const failure = await signIn().then(
      ({ error }) => error && (error.message ?? say('signIn.failed')),
      () => say('refusal.UNREACHABLE'),
    );
    if (failure === null) return router.refresh();
    setProblem(failure);
    setBusy(false);
  };
  return { attempt, busy, problem };
}

/** Without an account, and the line between that and the form. */
function GuestEntry({ attempt, busy }: Pick<ReturnType<typeof useSignIn>, 'attempt' | 'busy'>) {
  const say = useSay();
  return (
    <>
      <Button
        className="mt-8 w-full"
        disabled={busy}
        onClick={() => void attempt(async () => (await loadAuthClient()).signIn.anonymous())}
        size="large"
        variant="primary"
      >
        {say('signIn.guest')}
      </Button>
      <div className="my-6 flex items-center gap-3 text-sm text-muted-foreground">
        <span className="h-px flex-1 bg-border" />
        {say('signIn.or')}
        <span className="h-px flex-1 bg-border" />
      </div>
    </>
  );
}
