#pragma once
#include "CurlLibrary.h"
#include "LibraryLoad.h"
#include "LibraryText.h"
#include "NetworkProbe.h"
#include "TLSFacts.h"
