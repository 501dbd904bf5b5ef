package main

import (
	"runtime/debug"
	"testing"
)

// The Go tools stamp the commit into a plain go build; -V has it.
func TestVersionOf(t *testing.T) {
	tests := []struct{ revision, modified, want string }{
		{"", "", "(devel)"},
		{"d8ca9d0e80559ec15cc8", "false", "built from commit d8ca9d0e8055"},
		{"d8ca9d0e80559ec15cc8", "true", "built from commit d8ca9d0e8055 with changes"},
		{"d8c", "", "built from commit d8c"},
	}
	for _, tt := range tests {
		info := &debug.BuildInfo{Main: debug.Module{Version: "(devel)"}}
		if tt.revision != "" {
			info.Settings = []debug.BuildSetting{
				{Key: "vcs.revision", Value: tt.revision}, {Key: "vcs.modified", Value: tt.modified},
			}
		}
		if got := versionOf(info); got != tt.want {
			t.Errorf("%s, %s: %s, want %s", tt.revision, tt.modified, got, tt.want)
		}
	}
}
