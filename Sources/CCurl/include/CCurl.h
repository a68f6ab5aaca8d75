#pragma once
#include "CurlLibrary.h"
#include "LibraryText.h"
#include "NetworkProbe.h"
#include "Poller.h"
#include "TLSFacts.h"
