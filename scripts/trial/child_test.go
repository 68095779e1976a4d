package trial_test

// child is what a child process does until it is killed.
func child() int { return 2 }
